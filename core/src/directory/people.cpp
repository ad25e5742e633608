#include "directory/people.h"

#include "directory/indexing.h"
#include "toimela/directory_events.h"

namespace toimela::directory {

namespace {

constexpr Sql kById{"directory.person.by_id",
                    "SELECT id, given_name, family_name, email, phone, language FROM core_person"
                    " WHERE id = :person AND erased_at IS NULL"};

constexpr Sql kByEmail{"directory.person.by_email",
                       "SELECT id, given_name, family_name, email, phone, language FROM core_person"
                       " WHERE email_key = :email AND erased_at IS NULL"};

constexpr Sql kAdd{"directory.person.add",
                   "INSERT INTO core_person (given_name, family_name, email, email_key, phone,"
                   " language, created_at, revision)"
                   " VALUES (:given, :family, :email, :email_key, :phone, :language, :at, 1)"
                   " ON CONFLICT (email_key) DO NOTHING RETURNING id"};

constexpr Sql kUpdate{"directory.person.update",
                      "UPDATE core_person SET given_name = :given, family_name = :family,"
                      " phone = :phone, language = :language, revision = revision + 1"
                      " WHERE id = :person AND erased_at IS NULL"};

constexpr Sql kMemberships{"directory.membership.of_person",
                           "SELECT o.id, o.name_fi, o.name_sv, o.name_en,"
                           " m.title_fi, m.title_sv, m.title_en, m.valid_from, m.valid_to"
                           " FROM core_membership m"
                           " JOIN core_organisation o ON o.id = m.organisation_id"
                           " WHERE m.person_id = :person ORDER BY m.valid_from DESC, m.id"};

constexpr Sql kAddMembership{
    "directory.membership.add",
    "INSERT INTO core_membership (person_id, organisation_id, title_fi,"
    " title_sv, title_en, valid_from, valid_to)"
    " VALUES (:person, :organisation, :fi, :sv, :en, :valid_from, :valid_to)"};

constexpr Sql kAffiliations{"directory.membership.of_today",
                            "SELECT m.person_id, o.id, o.name_fi, o.name_sv, o.name_en,"
                            " m.title_fi, m.title_sv, m.title_en, m.valid_from, m.valid_to"
                            " FROM core_membership m"
                            " JOIN core_organisation o ON o.id = m.organisation_id"
                            " WHERE m.person_id = :person AND m.valid_from <= :today"
                            " AND (m.valid_to IS NULL OR m.valid_to >= :today)"
                            " ORDER BY m.valid_from, m.id"};

constexpr Sql kEndMembership{"directory.membership.end",
                             "UPDATE core_membership SET valid_to = CASE WHEN valid_from > :today"
                             " THEN valid_from ELSE :today END"
                             " WHERE person_id = :person AND organisation_id = :organisation"
                             " AND (valid_to IS NULL OR valid_to > :today)"};

Person person(PersonId id, std::string givenName, std::string familyName, EmailAddress email,
              std::string phone, Locale language) {
  return {id,      std::move(givenName), std::move(familyName), std::move(email), std::move(phone),
          language};
}

}  // namespace

std::optional<Person> findPerson(ReadTx& tx, PersonId id) { return tx.first(kById, person, id); }

std::optional<Person> findPerson(ReadTx& tx, const EmailAddress& email) {
  return tx.first(kByEmail, person, email.key());
}

PersonId addPerson(WriteTx& tx, const Person& added) {
  const auto id = tx.first(
      kAdd, [](PersonId id) { return id; }, added.givenName, added.familyName, added.email,
      added.email.key(), added.phone, added.language, tx.time());
  if (!id) {
    tx.unaudited("the person is there already");
    return findPerson(tx, added.email).value().id;
  }
  Person stored = added;
  stored.id = *id;
  index(tx, stored);
  tx.audit({.action = "core.person.add", .object = "person:" + id->text()});
  return *id;
}

void updatePerson(WriteTx& tx, const Person& changed) {
  tx.run(kUpdate, changed.givenName, changed.familyName, changed.phone, changed.language,
         changed.id);
  if (const auto stored = findPerson(tx, changed.id)) index(tx, *stored);
  tx.audit({.action = "core.person.edit", .object = "person:" + changed.id.text()});
  tx.publish(PersonChanged{changed.id});
}

std::vector<Membership> membershipsOf(ReadTx& tx, PersonId id) {
  return tx.all(
      kMemberships,
      [](OrganisationId organisation, std::string nameFi, std::string nameSv, std::string nameEn,
         std::string titleFi, std::string titleSv, std::string titleEn, Date from,
         std::optional<Date> to) {
        return Membership{organisation,
                          {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
                          {std::move(titleFi), std::move(titleSv), std::move(titleEn)},
                          {from, to}};
      },
      id);
}

std::vector<Affiliation> affiliationsOf(ReadTx& tx, PersonId id, Date today) {
  return tx.all(
      kAffiliations,
      [](PersonId person, OrganisationId organisation, std::string nameFi, std::string nameSv,
         std::string nameEn, std::string titleFi, std::string titleSv, std::string titleEn,
         Date from, std::optional<Date> to) {
        return Affiliation{person,
                           organisation,
                           {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
                           {std::move(titleFi), std::move(titleSv), std::move(titleEn)},
                           {from, to}};
      },
      id, today);
}

void affiliate(WriteTx& tx, PersonId person, OrganisationId organisation) {
  const Date today = Date::of(tx.time());
  for (const Affiliation& held : affiliationsOf(tx, person, today))
    if (held.organisation == organisation) return;
  addMembership(tx, person, organisation, {}, {today, std::nullopt});
}

bool endMembership(WriteTx& tx, PersonId person, OrganisationId organisation) {
  if (tx.run(kEndMembership, Date::of(tx.time()), person, organisation) == 0) return false;
  tx.audit({.action = "core.membership.end",
            .object = "person:" + person.text(),
            .organisation = organisation});
  return true;
}

void addMembership(WriteTx& tx, PersonId person, OrganisationId organisation,
                   const LocalText& title, const DateRange& period) {
  tx.run(kAddMembership, person, organisation, title.fi, title.sv, title.en, period.from,
         period.to);
  tx.audit({.action = "core.membership.add",
            .object = "person:" + person.text(),
            .organisation = organisation});
}

}  // namespace toimela::directory
