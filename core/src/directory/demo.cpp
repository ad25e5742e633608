#include "directory/demo.h"

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "access/accounts.h"
#include "access/grant_store.h"
#include "directory/organisations.h"
#include "directory/people.h"
#include "host/core_host.h"

namespace toimela::directory {

namespace {

using nlohmann::json;
using Organisations = std::map<std::string, Organisation>;  // by the key of the files

constexpr Sql kPeople{"directory.person.count", "SELECT COUNT(*) FROM core_person"};

json readFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": can not be read");
  return json::parse(file);
}

std::string textOf(const json& entry, const char* name) {
  const auto found = entry.find(name);
  return found == entry.end() || found->is_null() ? "" : found->get<std::string>();
}

LocalText localTextOf(const json& texts) {
  return {textOf(texts, "fi"), textOf(texts, "sv"), textOf(texts, "en")};
}

DateRange periodOf(const json& entry) {
  return {Date::parse(entry.at("from").get<std::string>()).value(),
          Date::parse(textOf(entry, "to"))};
}

Organisation organisationOf(const json& entry) {
  return {.id = {},
          .name = localTextOf(entry.at("name")),
          .businessId = BusinessId::parse(textOf(entry, "businessId")),
          .registerNumber = "",
          .sector = parseSector(textOf(entry, "sector")).value_or(Sector::other),
          .region = RegionCode::parse(textOf(entry, "region")).value(),
          .municipality = MunicipalityCode::parse(textOf(entry, "municipality")),
          .website = textOf(entry, "website"),
          .summary = localTextOf(entry.at("summary"))};
}

Person personOf(const json& entry) {
  return {{},
          textOf(entry, "givenName"),
          textOf(entry, "familyName"),
          EmailAddress::parse(textOf(entry, "email")).value(),
          textOf(entry, "phone"),
          parseLocale(textOf(entry, "language")).value_or(Locale::fi)};
}

access::GrantPlace placeOf(const json& scope, const Organisations& organisations) {
  if (scope.is_string()) return {};
  if (scope.contains("region"))
    return {.region = RegionCode::parse(textOf(scope, "region")).value()};
  const Organisation& organisation = organisations.at(textOf(scope, "organisation"));
  return {.organisation = organisation.id, .organisationRegion = organisation.region};
}

std::string scopeWords(const json& scope) {
  if (scope.is_string()) return scope.get<std::string>();
  return scope.contains("region") ? "region " + textOf(scope, "region")
                                  : "organisation " + textOf(scope, "organisation");
}

/// The accounts by address, with the hash of each password.
struct Account {
  DemoAccount account;
  std::string hash;
};
std::map<std::string, Account> makeAccounts(CoreHost& host, const json& people) {
  std::map<std::string, Account> accounts;
  for (const json& entry : people) {
    if (!entry.value("demo", false)) continue;
    const json& grant = entry.at("grants").at(0);
    const std::string password = access::readablePassword();
    accounts[textOf(entry, "email")] = {
        {textOf(entry, "email"), password, textOf(grant, "role"), scopeWords(grant.at("scope"))},
        host.passwords().hash(password)};
  }
  return accounts;
}

void addOne(WriteTx& tx, const json& entry, const Organisations& organisations,
            const std::map<std::string, Account>& accounts) {
  const PersonId person = addPerson(tx, personOf(entry));
  const auto account = accounts.find(textOf(entry, "email"));
  if (account != accounts.end()) access::setPassword(tx, person, account->second.hash);
  for (const json& membership : entry.at("memberships")) {
    addMembership(tx, person, organisations.at(textOf(membership, "organisation")).id,
                  localTextOf(membership.at("title")), periodOf(membership));
  }
  for (const json& grant : entry.at("grants")) {
    access::insertGrant(tx, person, parseRole(textOf(grant, "role")).value(),
                        placeOf(grant.at("scope"), organisations), periodOf(grant));
  }
}

}  // namespace

std::vector<DemoAccount> loadDemo(Host& host, const std::string& folder) {
  const json organisationFile = readFile(folder + "/organisations.json");
  const json people = readFile(folder + "/people.json");
  if (host.read([](ReadTx& tx) { return tx.value<std::int64_t>(kPeople); }) > 0) return {};
  // Hashing takes its time: nobody waits for the database meanwhile.
  const auto accounts = makeAccounts(core(host), people);
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    Organisations organisations;
    for (const json& entry : organisationFile) {
      Organisation organisation = organisationOf(entry);
      organisation.id = addOrganisation(tx, organisation).value();
      organisations.emplace(textOf(entry, "key"), std::move(organisation));
    }
    for (const json& entry : people) addOne(tx, entry, organisations, accounts);
  });
  std::vector<DemoAccount> result;
  for (const auto& [email, account] : accounts) result.push_back(account.account);
  return result;
}

}  // namespace toimela::directory
