#include <catch2/catch.hpp>

#include "access/rights.h"

using namespace toimela;
using namespace toimela::access;

namespace {

using Decision = Rights::Decision;

constexpr Permission kEdit{"contacts.member.edit"};
constexpr Permission kUnknown{"contacts.member.paint"};
const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");
constexpr OrganisationId kSocom{7}, kOther{8};

Rights declared(std::vector<Role> roles, std::vector<Rights::Change> changes = {}) {
  return Rights({{kEdit, std::move(roles), "contacts.permission"}}, changes);
}

Actor person(std::vector<Grant> grants) {
  return {PersonId{1}, "Aino Kivilehto", std::move(grants)};
}
Grant national(Role role) { return {role, std::nullopt, std::nullopt}; }
Grant regional(Role role, RegionCode region) { return {role, region, std::nullopt}; }
Grant inOrganisation(Role role, OrganisationId organisation) {
  return {role, std::nullopt, organisation};
}

Rule needs(Permission permission) {
  return {.kind = Rule::Kind::permission, .permission = permission};
}

}  // namespace

TEST_CASE("a role holds what its plugin declared and nothing else") {
  const Rights rights = declared({Role::contactPerson});
  CHECK(rights.roleHolds(Role::contactPerson, kEdit.name));
  CHECK_FALSE(rights.roleHolds(Role::nationalAdmin, kEdit.name));
  CHECK_FALSE(rights.roleHolds(Role::contactPerson, kUnknown.name));
}

TEST_CASE("a national administrator's change overrides what was declared") {
  const std::string edit(kEdit.name);
  const Rights rights = declared({Role::contactPerson},
                                 {{edit, Role::contactPerson, false}, {edit, Role::member, true}});
  CHECK_FALSE(rights.roleHolds(Role::contactPerson, kEdit.name));
  CHECK(rights.roleHolds(Role::member, kEdit.name));
}

TEST_CASE("a change for a permission that nobody declares gives nothing") {
  const Rights rights = declared({}, {{std::string(kUnknown.name), Role::member, true}});
  CHECK_FALSE(rights.roleHolds(Role::member, kUnknown.name));
}

TEST_CASE("a grant reaches its own region and organisation only") {
  const Rights rights = declared({Role::contactPerson, Role::organisationRep, Role::nationalAdmin});
  const Scope inPirkanmaa{kPirkanmaa, std::nullopt, std::nullopt};
  const Scope socomInPirkanmaa{kPirkanmaa, kSocom, std::nullopt};
  const Scope nation;

  SECTION("a regional grant") {
    const Actor actor = person({regional(Role::contactPerson, kPirkanmaa)});
    CHECK(rights.allowed(actor, kEdit, inPirkanmaa));
    CHECK(rights.allowed(actor, kEdit, socomInPirkanmaa));
    CHECK_FALSE(rights.allowed(actor, kEdit, {kLappi, std::nullopt, std::nullopt}));
    CHECK_FALSE(rights.allowed(actor, kEdit, nation));
  }
  SECTION("a grant in an organisation") {
    const Actor actor = person({inOrganisation(Role::organisationRep, kSocom)});
    CHECK(rights.allowed(actor, kEdit, socomInPirkanmaa));
    CHECK_FALSE(rights.allowed(actor, kEdit, {kPirkanmaa, kOther, std::nullopt}));
    CHECK_FALSE(rights.allowed(actor, kEdit, inPirkanmaa));
    CHECK_FALSE(rights.allowed(actor, kEdit, nation));
  }
  SECTION("a national grant") {
    const Actor actor = person({national(Role::nationalAdmin)});
    CHECK(rights.allowed(actor, kEdit, nation));
    CHECK(rights.allowed(actor, kEdit, socomInPirkanmaa));
  }
  SECTION("two regions: both, and no third") {
    const Actor actor =
        person({regional(Role::contactPerson, kPirkanmaa), regional(Role::contactPerson, kLappi)});
    CHECK(rights.allowed(actor, kEdit, {kLappi, std::nullopt, std::nullopt}));
    CHECK(rights.allowed(actor, kEdit, inPirkanmaa));
    CHECK_FALSE(
        rights.allowed(actor, kEdit, {*RegionCode::parse("01"), std::nullopt, std::nullopt}));
  }
}

TEST_CASE("a role in one region and another role elsewhere do not add up") {
  const Rights rights = declared({Role::regionalAdmin});
  const Actor actor =
      person({regional(Role::regionalAdmin, kLappi), regional(Role::member, kPirkanmaa)});
  CHECK_FALSE(rights.allowed(actor, kEdit, {kPirkanmaa, std::nullopt, std::nullopt}));
}

TEST_CASE("grants without a person allow nothing") {
  const Rights rights = declared({Role::nationalAdmin});
  const Actor nobody{std::nullopt, "", {national(Role::nationalAdmin)}};
  CHECK_FALSE(rights.allowed(nobody, kEdit, {}));
  CHECK_FALSE(rights.allowedSomewhere(nobody, kEdit));
  CHECK(reachOf(rights, nobody, kEdit).empty());
}

TEST_CASE("every kind of rule decides for everybody as it says") {
  const Rights rights = declared({Role::contactPerson});
  const Actor stranger;
  const Actor member = person({national(Role::member)});
  const Actor contact = person({regional(Role::contactPerson, kPirkanmaa)});
  const Scope here{kPirkanmaa, std::nullopt, std::nullopt},
      elsewhere{kLappi, std::nullopt, std::nullopt};

  SECTION("undeclared: nobody") {
    for (const Actor& actor : {stranger, member, contact})
      CHECK(rights.decide({}, actor, here) == Decision::denied);
  }
  SECTION("anyone") {
    const Rule rule{.kind = Rule::Kind::anyone};
    for (const Actor& actor : {stranger, member, contact})
      CHECK(rights.decide(rule, actor, here) == Decision::allowed);
  }
  SECTION("signed in") {
    const Rule rule{.kind = Rule::Kind::signedIn};
    CHECK(rights.decide(rule, stranger, here) == Decision::signInFirst);
    CHECK(rights.decide(rule, member, here) == Decision::allowed);
  }
  SECTION("permission") {
    CHECK(rights.decide(needs(kEdit), stranger, here) == Decision::signInFirst);
    CHECK(rights.decide(needs(kEdit), member, here) == Decision::denied);
    CHECK(rights.decide(needs(kEdit), contact, here) == Decision::allowed);
    CHECK(rights.decide(needs(kEdit), contact, elsewhere) == Decision::denied);
    CHECK(rights.decide(needs(kUnknown), contact, here) == Decision::denied);
  }
  SECTION("permission somewhere") {
    Rule rule = needs(kEdit);
    rule.anyScope = true;
    CHECK(rights.decide(rule, stranger, elsewhere) == Decision::signInFirst);
    CHECK(rights.decide(rule, member, elsewhere) == Decision::denied);
    CHECK(rights.decide(rule, contact, elsewhere) == Decision::allowed);
  }
  SECTION("permission or owner") {
    Rule rule = needs(kEdit);
    rule.orOwner = true;
    const Scope own{kLappi, std::nullopt, PersonId{1}}, others{kLappi, std::nullopt, PersonId{2}};
    CHECK(rights.decide(rule, member, own) == Decision::allowed);
    CHECK(rights.decide(rule, member, others) == Decision::denied);
    CHECK(rights.decide(rule, member, elsewhere) == Decision::denied);
    CHECK(rights.decide(rule, stranger, own) == Decision::signInFirst);
    CHECK(rights.decide(needs(kEdit), member, own) == Decision::denied);
  }
}

TEST_CASE("the reach of a permission gathers every place where a role holds it") {
  const Rights rights = declared({Role::regionalAdmin, Role::organisationRep});
  const Reach reach =
      reachOf(rights,
              person({regional(Role::regionalAdmin, kPirkanmaa), regional(Role::member, kLappi),
                      inOrganisation(Role::organisationRep, kSocom)}),
              kEdit);
  CHECK_FALSE(reach.nation);
  CHECK(reach.regions == std::set{kPirkanmaa});
  CHECK(reach.organisations == std::set{kSocom});
  CHECK(reach.includes({kPirkanmaa, kOther, std::nullopt}));
  CHECK(reach.includes({kLappi, kSocom, std::nullopt}));
  CHECK_FALSE(reach.includes({kLappi, kOther, std::nullopt}));
  CHECK_FALSE(reach.includes({}));
}

TEST_CASE("a national grant reaches everything") {
  const Reach reach =
      reachOf(declared({Role::nationalAdmin}), person({national(Role::nationalAdmin)}), kEdit);
  CHECK(reach.nation);
  CHECK(reach.includes({}));
  CHECK(reach.includes({kLappi, kOther, std::nullopt}));
}
