#include "access/user_command.h"

#include <iostream>

#include "access/accounts.h"
#include "access/grant_store.h"
#include "host/core_host.h"

namespace toimela::access {

namespace {

struct NewUser {
  Person person;
  Role role;
  GrantPlace place;
};

/// "Aino Maria Virtanen": the last word is the family name.
std::pair<std::string, std::string> splitName(const std::string& name) {
  const auto space = name.rfind(' ');
  if (space == std::string::npos || space == 0 || space + 1 == name.size()) return {};
  return {name.substr(0, space), name.substr(space + 1)};
}

std::optional<NewUser> parse(Host& host, const std::vector<std::string>& arguments) {
  if (arguments.size() < 3 || arguments.size() > 4) return std::nullopt;
  const auto email = EmailAddress::parse(arguments[0]);
  const auto [givenName, familyName] = splitName(arguments[1]);
  const auto role = parseRole(arguments[2]);
  if (!email || givenName.empty() || !role) return std::nullopt;
  GrantPlace place;
  if (arguments.size() == 4) {
    const Region* region = host.region(arguments[3]);
    if (!region) return std::nullopt;
    place.region = region->code;
  }
  if (!fits(*role, place)) return std::nullopt;
  return NewUser{{{}, givenName, familyName, *email, "", Locale::fi}, *role, place};
}

int create(Host& host, const std::vector<std::string>& arguments) {
  const auto user = parse(host, arguments);
  if (!user) {
    std::cerr
        << "Roles: national_admin, member; with a region: regional_admin, contact_person, member\n";
    return 2;
  }
  const std::string password = readablePassword();
  const std::string hash = core(host).passwords().hash(password);
  const bool isNew = host.writeAs(std::nullopt, [&](WriteTx& tx) {
    if (findCredentials(tx, user->person.email.key())) return false;
    const PersonId person = directory::addPerson(tx, user->person);
    setPassword(tx, person, hash);
    insertGrant(tx, person, user->role, user->place, {Date::of(tx.time()), std::nullopt});
    return true;
  });
  if (!isNew) {
    std::cerr << "There is a person with this address already.\n";
    return 1;
  }
  std::cout << "Password, shown only now: " << password << '\n';
  return 0;
}

}  // namespace

Command userCreateCommand() {
  return {"user create", "EMAIL \"GIVEN FAMILY\" ROLE [REGION]",
          "add a person with a role and a generated password", create};
}

}  // namespace toimela::access
