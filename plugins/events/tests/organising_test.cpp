// What organisers do with an event, over its pages.
#include <catch2/catch.hpp>

#include "gathering.h"
#include "operations/organising.h"
#include "requests.h"
#include "store/managing.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Contains;
using testing::bodyOf;
using testing::locationOf;

namespace {

using Sent = std::vector<std::pair<std::string, std::string>>;

testing::Visitor organiser(Gathering& g, std::optional<RegionCode> region = kPirkanmaa) {
  return g.site.signedIn(g.site.person("Oona", "Organisoija", {{Role::contactPerson, region, {}}}));
}

/// A form of an event as it is sent, with some fields changed.
Sent eventForm(const Sent& changes = {}) {
  Sent fields{{"title_fi", "Järjestöpäivä"}, {"title_sv", "Föreningsdag"},
              {"kind", "network"},           {"visibility", "everyone"},
              {"starts", "2030-05-20T09:00"}, {"ends", "2030-05-20T15:00"},
              {"attendance", "on_site"},     {"place_fi", "Kirjasto"},
              {"capacity", "10"},            {"has_waiting_list", "1"},
              {"retention_days", "90"},      {"revision", "1"}};
  for (const auto& change : changes) {
    std::erase_if(fields, [&](const auto& field) { return field.first == change.first; });
    fields.push_back(change);
  }
  return fields;
}

std::string page(EventId event, const std::string& rest) { return "/fi/events/" + event.text() + rest; }

Event eventOf(Gathering& g, EventId id) {
  return g.host().read([&](ReadTx& tx) { return *store::findEvent(tx, id); });
}

}  // namespace

TEST_CASE("an organiser makes a draft of an event and publishes it", "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      CHECK(oona.get("/fi/regions/pirkanmaa/events/new").status == 200);
      const auto made = oona.post("/fi/regions/pirkanmaa/events/new", eventForm());
      REQUIRE(made.status == 303);
      const EventId id{1};
      CHECK(locationOf(made) == page(id, "/manage"));
      CHECK(eventOf(g, id).status == EventStatus::draft);
      CHECK(eventOf(g, id).places.capacity == 10);
      CHECK_THAT(bodyOf(oona.get(page(id, "/manage"))), Contains("Järjestöpäivä") && Contains("luonnos"));
      CHECK_THAT(bodyOf(oona.get("/fi/events/manage")), Contains("Järjestöpäivä"));
      CHECK_THAT(bodyOf(oona.get("/sv/events/manage")), Contains("Föreningsdag"));
      CHECK_THAT(bodyOf(oona.get("/fi/dashboard")), Contains("Järjestöpäivä"));

      REQUIRE(oona.post(page(id, "/publish")).status == 303);
      CHECK(eventOf(g, id).status == EventStatus::published);
    }
  }
}

TEST_CASE("what is wrong in the form of an event is said at its field, and what was typed stays",
          "[events][organise]") {
  Gathering g(testing::databases().front());
  auto oona = organiser(g);
  const std::string path = "/fi/regions/pirkanmaa/events/new";
  const auto said = [&](const Sent& changes) {
    const auto answer = oona.post(path, eventForm(changes));
    CHECK(answer.status == 422);
    return bodyOf(answer);
  };
  CHECK_THAT(said({{"ends", "2030-05-20T08:00"}}), Contains("Tarkista päättymisaika") && Contains("Järjestöpäivä"));
  CHECK_THAT(said({{"title_fi", ""}, {"title_sv", ""}}), Contains("vähintään yhdellä kielellä"));
  CHECK_THAT(said({{"place_fi", ""}}), Contains("Kirjoita paikan nimi"));
  CHECK_THAT(said({{"ceiling", "20"}}), Contains("enemmän kuin paikkoja kaikkiaan"));
  CHECK_THAT(said({{"closes", "2031-01-01T10:00"}}), Contains("päättymisen jälkeen"));
  CHECK_THAT(said({{"online_link", "http://example.org"}}), Contains("https://"));
  CHECK_THAT(said({{"starts", "31.2.2030 9.00"}}), Contains("31.2.2030 9.00"));
  CHECK_THAT(said({{"organiser", "Olematon ry"}}), Contains("Tällaista organisaatiota ei löydy"));
}

TEST_CASE("an event that somebody else saved meanwhile says what stands there now", "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(10));
      REQUIRE(oona.post(page(id, "/edit"), eventForm({{"title_fi", "Ensimmäinen"}})).status == 303);
      const auto stale = oona.post(page(id, "/edit"), eventForm({{"title_fi", "Toinen"}}));
      CHECK(stale.status == 409);
      CHECK_THAT(bodyOf(stale), Contains("Tässä on nyt: Ensimmäinen") && Contains("value=\"Toinen\""));
      REQUIRE(oona.post(page(id, "/edit"), eventForm({{"title_fi", "Toinen"}, {"revision", "2"}})).status == 303);
      CHECK(eventOf(g, id).title.fi == "Toinen");
    }
  }
}

TEST_CASE("places can not be fewer than are taken, and more places go to those who wait",
          "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(3));
      const auto people = g.join(id, 4);
      const auto refused = oona.post(page(id, "/edit"), eventForm({{"capacity", "2"}}));
      CHECK(refused.status == 422);
      CHECK_THAT(bodyOf(refused), Contains("3 paikkaa on jo varattu"));
      REQUIRE(oona.post(page(id, "/edit"), eventForm({{"capacity", "4"}})).status == 303);
      CHECK(g.stateOf(id, people[3]) == PlaceState::confirmed);
    }
  }
}

TEST_CASE("a ceiling that comes later counts the places that organisations have", "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      const auto organisation = g.site.organisation("Tuki ry", "06");
      const EventId id = g.addEvent(exampleEvent(10));
      auto registration = g.registration(3);
      registration.organisation = organisation;
      const auto first = std::get<operations::Registered>(g.submit(id, registration)).registration;
      using operations::PlaceProblem;
      CHECK(g.operate([&](WriteTx& tx) { return operations::setCeiling(tx, id, 2); }) == PlaceProblem::tooSmall);
      CHECK_FALSE(g.operate([&](WriteTx& tx) { return operations::setCeiling(tx, id, 3); }));
      const auto gone = first.participants.front().id;
      CHECK(g.operate([&](WriteTx& tx) {
        return operations::cancel(tx, id, std::span(&gone, 1), operations::By::participant);
      }) == 1);
    }
  }
}

TEST_CASE("a copy begins on another day at the same time of day, with its programme", "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      auto example = exampleEvent(5);
      example.startsAt = *parseHelsinkiTime("2030-03-20T09:00");
      example.endsAt = *parseHelsinkiTime("2030-03-20T15:00");
      example.closesAt = *parseHelsinkiTime("2030-03-18T12:00");
      const EventId id = g.addEvent(example);
      g.addWorkshop(id, 5);
      const auto copied = oona.post(page(id, "/copy"), {{"day", "2030-04-20"}});
      REQUIRE(copied.status == 303);
      const Event copy = eventOf(g, EventId{2});
      CHECK(helsinkiText(copy.startsAt) == "2030-04-20T09:00");
      CHECK(helsinkiText(*copy.closesAt) == "2030-04-18T12:00");
      CHECK(copy.status == EventStatus::draft);
      CHECK(g.host().read([&](ReadTx& tx) { return store::sessionsOf(tx, copy.id).size(); }) == 1);
      CHECK(oona.post(page(id, "/copy"), {{"day", ""}}).status == 422);
    }
  }
}

TEST_CASE("a template is in no list of events and can not be published", "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(5));
      REQUIRE(oona.post(page(id, "/keep")).status == 303);
      const EventId kept{2};
      REQUIRE(oona.post(page(kept, "/publish")).status == 303);
      CHECK(eventOf(g, kept).status == EventStatus::draft);
      CHECK_THAT(bodyOf(oona.get("/fi/events/manage")), Contains("/fi/events/2/copy") && !Contains("/fi/events/2/manage"));
      REQUIRE(oona.post(page(kept, "/remove")).status == 303);
      CHECK(oona.get(page(kept, "/manage")).status == 404);
    }
  }
}

TEST_CASE("an event that is called off is told to everybody who has a place or waits", "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(1));
      g.join(id, 2);
      CHECK_THAT(bodyOf(oona.get(page(id, "/cancel"))), Contains("2 ilmoittautumisesta"));
      REQUIRE(oona.post(page(id, "/cancel"), {{"reason", "Kouluttaja sairastui"}}).status == 303);
      CHECK(eventOf(g, id).status == EventStatus::cancelled);
      CHECK(eventOf(g, id).sequence == 1);
      constexpr Sql kTold{"test.told",
                          "SELECT COUNT(*) FROM core_letter WHERE kind = 'events.event_cancelled'"};
      CHECK(g.host().read([&](ReadTx& tx) { return tx.value<std::int64_t>(kTold); }) == 2);
      CHECK(oona.post(page(id, "/remove")).status == 303);
      CHECK(eventOf(g, id).status == EventStatus::cancelled);
    }
  }
}

TEST_CASE("a cancelled event stays in the list, marked, and is not among what comes next", "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto called = exampleEvent(1), held = exampleEvent(1);
      called.title = {.fi = "Peruttu tapaaminen"};
      held.title = {.fi = "Pidettävä tapaaminen"};
      const EventId off = g.addEvent(called);
      g.addEvent(held);
      g.operate([&](WriteTx& tx) { return operations::cancelEvent(tx, off, ""); });
      auto visitor = g.site.visitor();
      for (const char* coming : {"/fi", "/fi/regions/pirkanmaa"})
        CHECK_THAT(bodyOf(visitor.get(coming)), Contains("Pidettävä tapaaminen") && !Contains("Peruttu tapaaminen"));
      CHECK_THAT(bodyOf(visitor.get("/fi/events")),
                 Contains("Pidettävä tapaaminen") && Contains("Peruttu tapaaminen") && Contains("peruttu"));
    }
  }
}

TEST_CASE("those of another region see nothing of an event's management", "[events][organise]") {
  Gathering g(testing::databases().front());
  const EventId id = g.addEvent(exampleEvent(5));
  auto stranger = organiser(g, region("01"));
  for (const char* rest : {"/manage", "/edit", "/participants", "/copy", "/cancel"}) {
    INFO(rest);
    CHECK(stranger.get(page(id, rest)).status == 403);
  }
  CHECK_THAT(bodyOf(stranger.get("/fi/events/manage")), !Contains("Verkostopäivä"));
  CHECK(stranger.get("/fi/regions/pirkanmaa/events/new").status == 403);
  CHECK(stranger.get("/fi/events/new").status == 403);
}

TEST_CASE("participants are found by name, organisation and state, and in the order of the list",
          "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      auto oona = organiser(g);
      const EventId id = g.addEvent(exampleEvent(2));
      auto first = g.registration(1);
      first.participants[0].name = "Äijälä Äijö";
      first.organisationName = "Yrityspuisto Oy";
      g.submit(id, first);
      g.join(id, 2);
      const std::string all = bodyOf(oona.get(page(id, "/participants")));
      CHECK_THAT(all, Contains("Äijälä Äijö") && Contains("jonossa"));
      CHECK_THAT(bodyOf(oona.get(page(id, "/participants?q=äijö"))), Contains("Äijälä") && !Contains("Osallistuja 2"));
      CHECK_THAT(bodyOf(oona.get(page(id, "/participants?q=yrityspuisto"))), Contains("Äijälä"));
      CHECK_THAT(bodyOf(oona.get(page(id, "/participants?state=waiting"))), !Contains("Äijälä") && Contains("Osallistuja 3"));
      CHECK(oona.get(page(id, "/participants?format=xlsx")).status == 200);
    }
  }
}
