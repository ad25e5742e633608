#include "access/service_secret.h"

#include <optional>

#include "access/passwords.h"
#include "access/second_factor.h"
#include "toimela/bookkeeping.h"

namespace toimela::access {

namespace {

constexpr Sql kAdd{"access.service_secret.add",
                   "INSERT INTO core_secret (name, value) VALUES ('form', :value) ON CONFLICT (name) DO NOTHING"};
constexpr Sql kFind{"access.service_secret.find", "SELECT value FROM core_secret WHERE name = 'form'"};
constexpr Sql kReplace{"access.service_secret.replace", "UPDATE core_secret SET value = :value WHERE name = 'form'"};
constexpr Sql kSealed{"access.service_secret.sealed",
                      "SELECT person_id, confirmed_at FROM core_second_factor ORDER BY person_id"};

constexpr int kBytes = 32;

struct Sealed {
  PersonId person;
  bool isOn;
};
std::vector<Sealed> allSealed(ReadTx& tx) {
  return tx.all(kSealed, [](PersonId person, std::optional<Instant> confirmedAt) { return Sealed{person, confirmedAt.has_value()}; });
}

}  // namespace

void makeServiceSecret(WriteTx& tx) {
  tx.run(kAdd, randomToken(kBytes));
  bookkeeping(tx, "a secret is made once");
}

std::string serviceSecret(ReadTx& tx) { return tx.value<std::string>(kFind); }

std::vector<PersonId> whoHasSecondFactor(ReadTx& tx) {
  std::vector<PersonId> people;
  for (const Sealed& sealed : allSealed(tx))
    if (sealed.isOn) people.push_back(sealed.person);
  return people;
}

void renewServiceSecret(WriteTx& tx) {
  for (const auto& [person, isOn] : allSealed(tx)) {
    if (isOn) removeSecondFactor(tx, person, "core.second_factor.reset");
    else forgetSecondFactor(tx, person);
  }
  tx.run(kReplace, randomToken(kBytes));
  tx.audit({.action = "core.service_secret.renewed", .object = "service_secret"});
}

}  // namespace toimela::access
