// The statements behind the page of a network, each prepared anew whenever it is needed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace control {

struct Grant {
  std::string role;
  std::optional<std::string> region;
  std::optional<long long> organisation;
};

struct Person {
  long long id = 0;
  std::string name, email;
};

struct Visitor {
  Person person;
  std::vector<Grant> grants;
};

struct Region {
  std::string code, slug, name;
};

struct Network {
  long long id = 0;
  std::string name, purpose, kind;
  std::optional<std::string> region;
  std::optional<long long> coordinator;
};

struct Member {
  long long id = 0, personId = 0, organisation = 0;
  std::string role, from, person, email, phone, organisationName, emailLevel, phoneLevel;
  std::optional<std::string> region, to;
};

struct OrganisationShare {
  long long id = 0, people = 0;
  std::string name;
};

struct RegionShare {
  std::optional<std::string> region;
  long long people = 0;
};

struct Counts {
  long long people = 0, organisations = 0, regions = 0, contactPersons = 0;
};

struct Summary {
  long long id = 0, people = 0;
  std::string name;
  std::optional<std::string> region;
};

/// Changes whenever something was written.
long long generation(soci::session& sql);
std::vector<Region> regions(soci::session& sql);
std::optional<Visitor> findVisitor(soci::session& sql, const std::string& tokenHash, long long now,
                                   const std::string& today);
bool networkExists(soci::session& sql, long long id);
std::optional<Network> findNetwork(soci::session& sql, long long id);
std::optional<Person> findPerson(soci::session& sql, long long id);
std::vector<Member> currentMembers(soci::session& sql, long long network, const std::string& today);
std::vector<Member> otherMembers(soci::session& sql, long long network, const std::string& today);
std::vector<OrganisationShare> organisationShares(soci::session& sql, long long network,
                                                  const std::string& today);
std::vector<RegionShare> regionShares(soci::session& sql, long long network,
                                      const std::string& today);
Counts countMembers(soci::session& sql, long long network, const std::string& today);
std::vector<Summary> relatedNetworks(soci::session& sql, long long network,
                                     const std::string& today);
/// The secret behind the tokens of forms.
std::string formSecret(soci::session& sql);

}  // namespace control
