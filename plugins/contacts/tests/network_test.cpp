#include "domain/network.h"

#include <catch2/catch.hpp>

#include "domain/coverage.h"
#include "domain/visibility.h"

using namespace toimela;
using namespace toimela::contacts;

namespace {

RegionCode region(const char* code) { return RegionCode::parse(code).value(); }

Member memberOf(std::int64_t organisation, std::optional<RegionCode> region) {
  return {.organisation = OrganisationId{organisation},
          .region = region,
          .period = {Date::parse("2025-01-01").value(), std::nullopt}};
}

/// Does one who has `grant` reach any of the places where the network is at work?
bool reaches(const Grant& grant, const Network& network, const std::vector<Member>& members) {
  for (const Scope& place : placesOf(network, members))
    if (covers(grant, place)) return true;
  return false;
}

}  // namespace

TEST_CASE("every kind of network has a code that leads back to it", "[contacts]") {
  for (NetworkKind kind : kNetworkKinds) CHECK(parseNetworkKind(code(kind)) == kind);
  CHECK_FALSE(parseNetworkKind("club"));
}

TEST_CASE("a network belongs to its region and to its coordinator", "[contacts]") {
  const Scope scope = scopeOf({.region = region("06"), .coordinator = PersonId{3}});
  CHECK(scope.region == region("06"));
  CHECK(scope.owner == PersonId{3});
  CHECK_FALSE(scope.organisation);
}

TEST_CASE("only national grants cover a national network", "[contacts]") {
  const Scope scope = scopeOf(Network{});
  CHECK(covers({Role::nationalAdmin}, scope));
  CHECK_FALSE(covers({.role = Role::regionalAdmin, .region = region("06")}, scope));
}

TEST_CASE("the public is told the names of contact persons only", "[contacts]") {
  CHECK(isNamePublic(MemberRole::contactPerson));
  CHECK_FALSE(isNamePublic(MemberRole::deputy));
  CHECK_FALSE(isNamePublic(MemberRole::member));
}

TEST_CASE("those who work in a network reach it, others do not", "[contacts]") {
  const Network national{};
  const std::vector members{memberOf(1, region("06")), memberOf(2, std::nullopt)};

  CHECK(reaches({.role = Role::contactPerson, .region = region("06")}, national, members));
  CHECK(reaches({.role = Role::organisationRep, .organisation = OrganisationId{2}}, national,
                members));
  CHECK_FALSE(reaches({.role = Role::contactPerson, .region = region("01")}, national, members));
  CHECK_FALSE(reaches({.role = Role::organisationRep, .organisation = OrganisationId{3}}, national,
                      members));
}

TEST_CASE("each place of a network is named once", "[contacts]") {
  const Network network{.region = region("06")};
  const std::vector members{memberOf(1, region("06")), memberOf(1, region("06")),
                            memberOf(2, region("06"))};
  CHECK(placesOf(network, members).size() == 1 + 1 + 2);
}

TEST_CASE("a region's target is met when enough organisations have a contact person",
          "[contacts]") {
  CHECK_FALSE(Coverage{1, 2}.isMet());
  CHECK(Coverage{1, 2}.missing() == 1);
  CHECK(Coverage{2, 2}.isMet());
  CHECK(Coverage{3, 2}.missing() == 0);
}

TEST_CASE("a region with the target 0 has none", "[contacts]") {
  CHECK_FALSE(Coverage{5, 0}.hasTarget());
  CHECK(Coverage{0, 1}.hasTarget());
}
