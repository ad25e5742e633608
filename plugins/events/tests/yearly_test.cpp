// Events in the yearly report, workshops of another plugin, and the template of the demonstration.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "handlers/demo.h"
#include "store/feedback.h"
#include "store/managing.h"
#include "store/yearly.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using Catch::Contains;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

/// An event of the year 2021 to which so many came.
EventId heldIn2021(Visit& v, int people, std::optional<RegionCode> where = kPirkanmaa,
                   Visibility visibility = Visibility::everyone) {
  Event event = exampleEvent(50);
  event.region = where;
  event.visibility = visibility;
  const EventId id = v.addEvent(event);
  v.join(id, people);
  static constexpr Sql kMove{"test.move", "UPDATE events_event SET starts_at = :from, ends_at = :to WHERE id = :id"};
  const Instant from = parseHelsinkiTime("2021-05-20T09:00").value();
  v.change([&](WriteTx& tx) { return tx.run(kMove, from, from + std::chrono::hours(3), id); });
  return id;
}

Json part(Visit& v, const std::string& query) {
  auto visitor = v.site.visitor();
  for (const Json& one : Json::parse(bodyOf(visitor.get("/api/v1/report" + query))).at("parts"))
    if (one.at("plugin") == "events") return one;
  return nullptr;
}
Json value(const Json& part, const std::string& key) {
  for (const Json& figure : part.at("figures"))
    if (figure.at("key") == key) return figure.at("value");
  return "none";
}

}  // namespace

TEST_CASE("the year counts all events that were held, and names those for everybody", "[events][report]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const EventId open = heldIn2021(v, 6);
      heldIn2021(v, 4, kPirkanmaa, Visibility::invited);
      heldIn2021(v, 2, region("01"));
      v.addEvent(exampleEvent(5));
      const Json mine = part(v, "?year=2021&region=06"), other = part(v, "?year=2021&region=01");
      CHECK(value(mine, "held") == 2);
      CHECK(value(mine, "participants") == 10);
      CHECK(mine.at("lists").at(0).at("all") == 1);
      CHECK_THAT(mine.at("lists").at(0).at("things").at(0).at("url").get<std::string>(), Contains("/events/" + open.text()));
      CHECK(value(other, "held") == 1);
      CHECK(value(other, "participants").is_null());
      CHECK(value(part(v, "?year=2021"), "participants") == 12);
      CHECK(value(part(v, "?year=2020"), "held") == 0);
      CHECK(part(v, "?year=2022").at("figures").at(0).at("yearBefore") == 3);
      v.site.switchPlugin("events", "01", false);
      CHECK(value(part(v, "?year=2021"), "held") == 2);
      const auto page = bodyOf(v.site.visitor().get("/sv/regions/pirkanmaa/report?year=2021"));
      CHECK_THAT(page, Contains("Nätverksdag") && Contains("20.5.2021") && Contains("data-chart=\"bar\""));
    }
  }
}

TEST_CASE("the mean of feedback waits for five answers", "[events][report]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      const EventId id = heldIn2021(v, 6);
      const auto answer = [&](int rating) {
        v.change([&](WriteTx& tx) {
          store::addFeedback(tx, id, std::nullopt, {.rating = rating, .foundPartners = true});
          return 0;
        });
      };
      for (int i = 0; i < 4; ++i) answer(4);
      CHECK(value(part(v, "?year=2021"), "feedback").is_null());
      answer(2);
      CHECK(value(part(v, "?year=2021"), "feedback").get<double>() == Approx(3.6));
      CHECK(value(part(v, "?year=2021"), "new_partners").get<double>() == Approx(1.0));
    }
  }
}

TEST_CASE("who organises is led on to the report of events, a visitor is not", "[events][report]") {
  Visit v(testing::databases().front());
  auto oona = v.site.signedIn(v.site.person("Oona", "Organisoija", {{Role::contactPerson, kPirkanmaa, {}}}));
  CHECK_THAT(bodyOf(oona.get("/fi/report")), Contains("/fi/events/report"));
  CHECK_THAT(bodyOf(v.site.visitor().get("/fi/report")), !Contains("/fi/events/report"));
  CHECK_THAT(bodyOf(oona.get("/fi/events/report")), Contains("href=\"/fi/report\""));
}

TEST_CASE("an organiser holds a card session for an event that is near, not for one that is far away or called off",
          "[events][workshops]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      auto oona = v.site.signedIn(v.site.person("Oona", "Organisoija", {{Role::contactPerson, kPirkanmaa, {}}}));
      const auto offer = [&](int days, EventStatus status) {
        Event event = exampleEvent(5);
        event.startsAt = inDays(days);
        event.endsAt = inDays(days) + std::chrono::hours(2);
        event.status = status;
        const EventId id = v.addEvent(event);
        const auto page = oona.get(v.page(id, "/manage"));
        CHECK(page.status == 200);
        return bodyOf(page).find("/fi/trendcards/sessions/new?event=" + id.text()) != std::string::npos;
      };
      CHECK(offer(10, EventStatus::published));
      CHECK(offer(10, EventStatus::draft));
      CHECK(offer(-5, EventStatus::published));
      CHECK_FALSE(offer(200, EventStatus::published));
      CHECK_FALSE(offer(10, EventStatus::cancelled));
      v.site.switchPlugin("trendcards", "06", false);
      CHECK_FALSE(offer(10, EventStatus::published));
    }
  }
}

TEST_CASE("the demonstration has a template that organisers of Pirkanmaa make events of", "[events][organise]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Visit v(database);
      for (const char* where : {"01", "06", "09", "15", "19"}) v.site.organisation("Yhdistys " + std::string(where), where);
      handlers::loadDemo(v.host(), TOIMELA_SOURCE_FOLDER "/plugins/events/demo");
      const auto templates = v.host().read([](ReadTx& tx) { return store::managedIn(tx, {kPirkanmaa}, false, true, 10); });
      REQUIRE(templates.size() == 1);
      CHECK(templates.front().title.fi == "Trendikorttityöpaja");
      CHECK(templates.front().status == EventStatus::draft);
      auto oona = v.site.signedIn(v.site.person("Oona", "Organisoija", {{Role::contactPerson, kPirkanmaa, {}}}));
      CHECK_THAT(bodyOf(oona.get("/fi/events/manage")), Contains("Trendikorttityöpaja"));
      CHECK(oona.get(v.page(templates.front().id, "/copy")).status == 200);
      CHECK(v.site.visitor().get(v.page(templates.front().id)).status == 404);
    }
  }
}
