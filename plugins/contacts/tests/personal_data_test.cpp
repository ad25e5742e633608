#include "handlers/personal_data.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "neighbourhood.h"

using namespace toimela;
using namespace toimela::contacts;
using Json = nlohmann::json;

TEST_CASE("a person's take-out has their memberships and the networks they coordinate",
          "[contacts][personal-data]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto takeOut = [&](PersonId person) {
      return Json::parse(n.host().read(
          [&](ReadTx& tx) { return handlers::personalData().exporter(tx, person); }));
    };
    const auto member = takeOut(n.contactPerson);
    REQUIRE(member.at("memberships").size() == 1);
    CHECK(member.at("memberships")[0].at("role") == "contact_person");
    CHECK(member.at("coordinates").empty());
    CHECK(takeOut(n.coordinator).at("coordinates").size() == 1);
    CHECK(takeOut(n.coordinator).at("memberships").empty());
  });
}

TEST_CASE("who is erased leaves every network, and no place is kept for them",
          "[contacts][personal-data]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const Date today = Date::today();
    n.addMember(n.network, n.coordinator, MemberRole::member);
    n.addMember(n.network, n.coordinator, MemberRole::deputy, {today.plusDays(9), {}});
    n.host().writeAs({}, [&](WriteTx& tx) {
      handlers::personalData().eraser(tx, n.coordinator);
    });

    n.host().read([&](ReadTx& tx) {
      const auto left = store::membershipsOf(tx, n.coordinator);
      REQUIRE(left.size() == 1);
      CHECK(left[0].member.period.to == today);
      CHECK_FALSE(store::findNetwork(tx, n.network)->coordinator);
      CHECK(store::membershipsOf(tx, n.contactPerson).size() == 1);
      return true;
    });
  });
}
