#include <catch2/catch.hpp>

#include "access/grants.h"
#include "access/handlers.h"

using namespace toimela;
using namespace toimela::access;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");
constexpr OrganisationId kSocom{7};
const GrantPlace kNation{};
const GrantPlace kInPirkanmaa{.region = kPirkanmaa};
const GrantPlace kInLappi{.region = kLappi};
const GrantPlace kSocomInPirkanmaa{.organisation = kSocom, .organisationRegion = kPirkanmaa};
const GrantPlace kSocomInLappi{.organisation = kSocom, .organisationRegion = kLappi};

const Rights kRights({{kGrantEdit, {Role::nationalAdmin, Role::regionalAdmin}, "label"}}, {});

Actor holder(Role role, std::optional<RegionCode> region = {},
             std::optional<OrganisationId> organisation = {}) {
  return {PersonId{1}, "Aino Kivilehto", {{role, region, organisation}}};
}
const Actor kNational = holder(Role::nationalAdmin);
const Actor kRegional = holder(Role::regionalAdmin, kPirkanmaa);

Date day(const char* text) { return *Date::parse(text); }

HeldGrant held(Role role, GrantPlace place, const char* from, const char* to = nullptr) {
  return {1, role, place, {}, {day(from), to ? Date::parse(to) : std::nullopt}};
}

}  // namespace

TEST_CASE("each role has its own kind of place") {
  CHECK(fits(Role::nationalAdmin, kNation));
  CHECK_FALSE(fits(Role::nationalAdmin, kInPirkanmaa));
  for (const Role role : {Role::regionalAdmin, Role::contactPerson}) {
    CHECK(fits(role, kInPirkanmaa));
    CHECK_FALSE(fits(role, kNation));
    CHECK_FALSE(fits(role, kSocomInPirkanmaa));
  }
  CHECK(fits(Role::organisationRep, kSocomInPirkanmaa));
  CHECK_FALSE(fits(Role::organisationRep, kInPirkanmaa));
  for (const auto& place : {kNation, kInPirkanmaa, kSocomInPirkanmaa})
    CHECK(fits(Role::member, place));
}

TEST_CASE("no grant is for a region and an organisation at once") {
  for (const Role role : kRoles)
    CHECK_FALSE(fits(role, {.region = kPirkanmaa, .organisation = kSocom}));
}

TEST_CASE("a national administrator gives every role that fits") {
  CHECK(mayGrant(kRights, kNational, Role::nationalAdmin, kNation));
  CHECK(mayGrant(kRights, kNational, Role::regionalAdmin, kInLappi));
  CHECK(mayGrant(kRights, kNational, Role::organisationRep, kSocomInLappi));
  CHECK_FALSE(mayGrant(kRights, kNational, Role::nationalAdmin, kInLappi));
}

TEST_CASE("a regional administrator gives roles below their own within the region") {
  CHECK(mayGrant(kRights, kRegional, Role::contactPerson, kInPirkanmaa));
  CHECK(mayGrant(kRights, kRegional, Role::member, kInPirkanmaa));
  CHECK(mayGrant(kRights, kRegional, Role::organisationRep, kSocomInPirkanmaa));

  CHECK_FALSE(mayGrant(kRights, kRegional, Role::regionalAdmin, kInPirkanmaa));
  CHECK_FALSE(mayGrant(kRights, kRegional, Role::nationalAdmin, kNation));
  CHECK_FALSE(mayGrant(kRights, kRegional, Role::contactPerson, kInLappi));
  CHECK_FALSE(mayGrant(kRights, kRegional, Role::organisationRep, kSocomInLappi));
  CHECK_FALSE(mayGrant(kRights, kRegional, Role::member, kNation));
}

TEST_CASE("who does not hold the permission gives nothing") {
  const Actor contact = holder(Role::contactPerson, kPirkanmaa);
  CHECK_FALSE(mayGrant(kRights, contact, Role::member, kInPirkanmaa));
  Actor anonymous = kNational;
  anonymous.person.reset();
  CHECK_FALSE(mayGrant(kRights, anonymous, Role::member, kInPirkanmaa));
}

TEST_CASE("a representative given the permission names members of the own organisation only") {
  const Rights rights({{kGrantEdit, {Role::organisationRep}, "label"}}, {});
  const Actor rep = holder(Role::organisationRep, std::nullopt, kSocom);
  CHECK(mayGrant(rights, rep, Role::member, kSocomInPirkanmaa));
  CHECK_FALSE(mayGrant(rights, rep, Role::organisationRep, kSocomInPirkanmaa));
  CHECK_FALSE(mayGrant(rights, rep, Role::member, kInPirkanmaa));
}

TEST_CASE("nobody disables those above or beside them, whatever else those hold") {
  const Date today = day("2026-11-22");
  CHECK(outranks(kRights, kRegional, {}, today));
  CHECK(
      outranks(kRights, kRegional, {held(Role::contactPerson, kInPirkanmaa, "2024-01-01")}, today));
  CHECK_FALSE(
      outranks(kRights, kRegional, {held(Role::regionalAdmin, kInPirkanmaa, "2024-01-01")}, today));
  CHECK_FALSE(outranks(kRights, kRegional,
                       {held(Role::contactPerson, kInPirkanmaa, "2024-01-01"),
                        held(Role::contactPerson, kInLappi, "2024-01-01")},
                       today));
  CHECK(outranks(kRights, kRegional,
                 {held(Role::nationalAdmin, kNation, "2024-01-01", "2025-12-31")}, today));
  CHECK(outranks(kRights, kNational, {held(Role::nationalAdmin, kNation, "2024-01-01")}, today));
}

TEST_CASE("the same role in the same place is given twice only for different times") {
  const std::vector grants{held(Role::contactPerson, kInPirkanmaa, "2024-01-01", "2024-12-31")};
  const DateRange year2024{day("2024-06-01"), std::nullopt},
      year2025{day("2025-01-01"), std::nullopt};
  CHECK(repeats(grants, Role::contactPerson, kInPirkanmaa, year2024));
  CHECK_FALSE(repeats(grants, Role::contactPerson, kInPirkanmaa, year2025));
  CHECK_FALSE(repeats(grants, Role::contactPerson, kInLappi, year2024));
  CHECK_FALSE(repeats(grants, Role::member, kInPirkanmaa, year2024));
}
