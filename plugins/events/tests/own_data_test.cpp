// What a person takes along of their registrations, and how they are forgotten.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "handlers/personal_data.h"
#include "toimela/directory.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using Json = nlohmann::json;

TEST_CASE("a person's take-out has their registrations, and of others only how many", "[events][personal-data]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(9));
      const auto person = v.site.person("Aino", "Aho");
      auto signedIn = v.site.signedIn(person);
      auto sent = v.group("aino", {"beeda"});
      CHECK(v.send(signedIn, event, sent).status == 303);
      const auto text = v.host().read([&](ReadTx& tx) { return handlers::registrationData().exporter(tx, person); });
      const auto all = Json::parse(text);
      REQUIRE(all.at("registrations").size() == 1);
      CHECK(all.at("registrations")[0].at("other_participants") == 1);
      REQUIRE(all.at("places").size() == 1);
      CHECK(all.at("places")[0].at("state") == "confirmed");
      CHECK(text.find("beeda") == std::string::npos);
    }
  }
}

TEST_CASE("who is erased gives their place on, and their group goes on without them", "[events][personal-data]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const auto event = v.addEvent(exampleEvent(2)), other = v.addEvent(exampleEvent(5));
      const auto person = v.site.person("Aino", "Aho");
      auto signedIn = v.site.signedIn(person);
      CHECK(v.send(signedIn, event, v.group("aino", {"beeda"})).status == 303);
      const auto grouped = v.latest();
      const auto waits = v.join(event, 1).front();
      auto single = v.alone("aino", "x");
      single[0].second = "another-key-of-a-form";
      CHECK(v.send(signedIn, other, single).status == 303);
      const auto alone = v.latest();

      v.host().writeAs({}, [&](WriteTx& tx) { handlers::registrationData().eraser(tx, person); });
      const auto left = v.again(grouped);
      CHECK_FALSE(left.person);
      CHECK(left.name == "beeda");
      CHECK(left.email.text() == "beeda@example.org");
      CHECK(left.accessNonce != grouped.accessNonce);
      CHECK(left.participants[0].name.empty());
      CHECK_FALSE(left.participants[0].email);
      CHECK(left.participants[0].state == PlaceState::cancelled);
      CHECK(left.participants[1].state == PlaceState::confirmed);
      CHECK(v.stateOf(event, waits) == PlaceState::confirmed);
      CHECK_FALSE(v.host().read([&](ReadTx& tx) { return store::findRegistration(tx, alone.id); }));
      CHECK(v.site.visitor().get(v.linkOf(alone)).status == 404);
    }
  }
}
