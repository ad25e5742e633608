#include "exchange/exchange_store.h"

namespace toimela::exchange {

namespace {

constexpr Sql kWithBusinessId{"core.exchange.with_business_id",
                              "SELECT id FROM core_organisation WHERE business_id = :business_id"};
constexpr Sql kOfName{"core.exchange.of_name",
                      "SELECT id FROM core_organisation WHERE region = :region AND name_fi = :name LIMIT 1"};
constexpr Sql kPeople{"core.exchange.people",
                      "SELECT id, given_name, family_name, email, phone, language FROM core_person "
                      "WHERE erased_at IS NULL ORDER BY family_name, given_name, id"};

OrganisationId toId(OrganisationId id) { return id; }

Person toPerson(PersonId id, std::string givenName, std::string familyName, EmailAddress email, std::string phone,
                Locale language) {
  return {id, std::move(givenName), std::move(familyName), std::move(email), std::move(phone), language};
}

}  // namespace

bool isKnown(ReadTx& tx, const Organisation& organisation) {
  if (organisation.businessId) return tx.first(kWithBusinessId, toId, *organisation.businessId).has_value();
  return tx.first(kOfName, toId, organisation.region, organisation.name.fi).has_value();
}

std::vector<Person> allPeople(ReadTx& tx) { return tx.all(kPeople, toPerson); }

}  // namespace toimela::exchange
