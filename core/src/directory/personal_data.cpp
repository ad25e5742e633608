#include "directory/personal_data.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <ranges>

#include "access/grant_store.h"
#include "directory/erasure_ledger.h"
#include "directory/indexing.h"
#include "directory/people.h"
#include "toimela/words.h"

namespace toimela::directory {

namespace {

using nlohmann::ordered_json;

// The number stays, so that what others did together with the person keeps its shape.
constexpr Sql kErase{"directory.person.erase",
                     "UPDATE core_person SET given_name = '', family_name = '', email = :email,"
                     " email_key = :email, phone = '', erased_at = :at, revision = revision + 1"
                     " WHERE id = :person AND erased_at IS NULL"};

constexpr Sql kEndMemberships{
    "directory.membership.end_all",
    "UPDATE core_membership SET title_fi = '', title_sv = '', title_en = '',"
    " valid_to = CASE WHEN valid_to IS NULL OR valid_to > :today"
    " THEN CASE WHEN valid_from > :today THEN valid_from ELSE :today END"
    " ELSE valid_to END WHERE person_id = :person"};

ordered_json toJson(const Membership& membership) {
  ordered_json json{{"organisation", membership.organisationName.fi},
                    {"title", membership.title.fi},
                    {"from", membership.period.from.text()}};
  if (membership.period.to) json["to"] = membership.period.to->text();
  return json;
}

std::string takeOut(ReadTx& tx, PersonId id) {
  const auto person = findPerson(tx, id);
  if (!person) return "{}";
  ordered_json document{
      {"givenName", person->givenName},     {"familyName", person->familyName},
      {"email", person->email.text()},      {"phone", person->phone},
      {"language", code(person->language)}, {"memberships", ordered_json::array()}};
  for (const auto& membership : membershipsOf(tx, id))
    document["memberships"].push_back(toJson(membership));
  return document.dump();
}

void forget(WriteTx& tx, PersonId person) {
  tx.run(kEndMemberships, Date::of(tx.time()), person);
  words::remove(tx, kPersonKind, person.value);
  tx.run(kErase, "erased-" + person.text() + "@erased.invalid", tx.time(), person);
}

std::optional<PersonId> personOf(Host& host, const std::vector<std::string>& arguments) {
  const auto email = arguments.empty() ? std::nullopt : EmailAddress::parse(arguments.front());
  if (!email) return std::nullopt;
  const auto person = host.read([&](ReadTx& tx) { return findPerson(tx, *email); });
  return person ? std::optional(person->id) : std::nullopt;
}

int nobody() {
  std::cerr << "There is nobody with this address.\n";
  return 1;
}

int exportCommand(Host& host, const std::vector<std::string>& arguments) {
  if (arguments.size() != 1) return 2;
  const auto person = personOf(host, arguments);
  if (!person) return nobody();
  std::cout << exportPerson(core(host), *person) << '\n';
  return 0;
}

int eraseCommand(Host& host, const std::vector<std::string>& arguments) {
  if (arguments.size() != 2 || arguments[1] != "--yes") {
    std::cerr << "Erasing can not be undone; take the data out first.\n";
    return 2;
  }
  const auto person = personOf(host, arguments);
  if (!person) return nobody();
  if (!erasePerson(core(host), *person)) {
    std::cerr << "This is the only national administrator; name another first.\n";
    return 1;
  }
  std::cout << "Erased.\n";
  return 0;
}

Erased eraseEverywhere(CoreHost& host, PersonId person, const ErasureOrder& order) {
  return host.writeAs(order.by, [&](WriteTx& tx) {
    const auto leave = [&](Erased why) {
      tx.unaudited("nobody was erased");
      return why;
    };
    if (isLastAdministrator(tx, person, Date::of(tx.time())))
      return leave(Erased::isLastAdministrator);
    if (order.stillHolds && !order.stillHolds(tx)) return leave(Erased::noLonger);
    // What refers to a person goes first and the card last: mail is found by the card's address.
    for (const auto& part : host.contributions().personalData | std::views::reverse)
      part.what.eraser(tx, person);
    tx.audit({.action = "core.person.erase",
              .object = "person:" + person.text(),
              .detail = order.basis.empty() ? "{}" : ordered_json{{"basis", order.basis}}.dump()});
    tx.publish(PersonErased{person});
    return Erased::yes;
  });
}

}  // namespace

PersonalData personalData() {
  return {
      "directory",
      takeOut,
      forget,
      {"core_person.given_name", "core_person.family_name", "core_person.email",
       "core_person.email_key", "core_person.phone", "core_person.language",
       "core_person.created_at", "core_person.erased_at", "core_membership.person_id",
       "core_membership.organisation_id", "core_membership.title_fi", "core_membership.title_sv",
       "core_membership.title_en", "core_membership.valid_from", "core_membership.valid_to",
       "core_word.word", "core_name.key_fi", "core_name.key_sv", "core_name.key_en",
       "core_name.folded"}};
}

std::string exportPerson(CoreHost& host, PersonId person) {
  ordered_json document;
  host.read([&](ReadTx& tx) {
    document = ordered_json::object();
    for (const auto& [plugin, part] : host.contributions().personalData) {
      document[plugin == "core" ? part.section : plugin + "." + part.section] =
          ordered_json::parse(part.exporter(tx, person));
    }
    return true;
  });
  return document.dump(2);
}

bool erasePerson(CoreHost& host, PersonId person) {
  return erasePerson(host, person, ErasureOrder{}) == Erased::yes;
}

Erased erasePerson(CoreHost& host, PersonId person, const ErasureOrder& order) {
  const Erased outcome = eraseEverywhere(host, person, order);
  if (outcome == Erased::yes) noteErased(erasureLedger(host.dataFolder()), person, now());
  return outcome;
}

bool isLastAdministrator(WriteTx& tx, PersonId person, Date day) {
  const auto grants = access::heldGrants(tx, person);
  const bool isAdmin = std::ranges::any_of(grants, [&](const access::HeldGrant& grant) {
    return grant.role == Role::nationalAdmin && grant.period.contains(day);
  });
  return isAdmin && access::otherNationalAdmins(tx, person, day) == 0;
}

int eraseAgain(CoreHost& host, const std::string& since) {
  int erased = 0;
  for (const PersonId person : erasedSince(erasureLedger(host.dataFolder()), since)) {
    const bool isThere =
        host.read([&](ReadTx& tx) { return findPerson(tx, person).has_value(); });
    if (isThere && eraseEverywhere(host, person, {}) == Erased::yes) ++erased;
  }
  return erased;
}

std::vector<Command> personCommands() {
  return {{"person export", "EMAIL", "print everything that is known of a person as JSON",
           exportCommand},
          {"person erase", "EMAIL --yes", "erase a person from the core and every plugin",
           eraseCommand}};
}

}  // namespace toimela::directory
