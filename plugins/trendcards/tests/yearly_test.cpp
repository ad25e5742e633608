// Cards in the yearly report, what waits on the dashboard, and sessions that belong to events.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "operations/orders.h"
#include "operations/workshops.h"
#include "requests.h"
#include "store/orders.h"
#include "store/results.h"
#include "store/waiting.h"
#include "store/yearly.h"
#include "tests/events.h"
#include "tests/sessions.h"
#include "toimela/workshops.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Contains;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

/// A leader who organises events too.
struct EventWorkshop : LiveWorkshop {
  using LiveWorkshop::LiveWorkshop;

  std::int64_t addEvent(int daysAhead) { return trendcards::addEvent(facilitator, daysAhead); }
  Sent form(std::string event, std::string region = "06") {
    Sent sent{{"form_key", secrets::random()}, {"edition", edition.text()}, {"title", "Iltapäivän työpaja"},
              {"region", std::move(region)}, {"exercise", "rank"}, {"question", ""}, {"drawn", "3"}, {"dots", "3"},
              {"minutes", "10"}, {"groups", "0"}, {"ceiling", "20"}, {"event", std::move(event)},
              {"closes", helsinkiText(now() + std::chrono::hours(5))}, {"naming", "optional"}};
    for (int card = 1; card <= 8; ++card) sent.emplace_back("cards", std::to_string(card));
    return sent;
  }
  Actor leading() { return {.person = leader, .name = "Liisa", .grants = {{Role::contactPerson, kPirkanmaa, {}}}}; }
};

SessionId idIn(const Response& response) {
  const std::string path(response.headers.find("Location").value_or(""));
  return {std::stoll(path.substr(path.rfind('/') + 1))};
}

}  // namespace

TEST_CASE("the year counts sessions that somebody came to, by their exercise", "[trendcards][report]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    LiveWorkshop shop(database);
    const Session held = shop.begin(shop.plan()), empty = shop.begin(shop.plan()), open = shop.begin(shop.plan());
    for (int i = 0; i < 6; ++i) shop.joined(held, "client-" + std::to_string(i));
    shop.joined(open, "client-9");
    for (const Session& session : {held, empty})
      shop.host().writeAs(shop.leader, [&](WriteTx& tx) { return operations::end(tx, session.id); });
    const auto year = [&](std::optional<RegionCode> where) {
      return shop.read([&](ReadTx& tx) {
        return store::heldSessions(tx, where, now() - std::chrono::hours(1), now() + std::chrono::hours(1), now());
      });
    };
    REQUIRE(year(kPirkanmaa).size() == 1);
    CHECK(year(kPirkanmaa).at(Exercise::rank).sessions == 1);
    CHECK(year(kPirkanmaa).at(Exercise::rank).participants == 6);
    CHECK(year(std::nullopt).size() == 1);
    CHECK(year(region("01")).empty());
    const auto page = bodyOf(shop.site.visitor().get("/fi/regions/pirkanmaa/report"));
    CHECK_THAT(page, Contains("Pidettyjä korttityöpajoja") && Contains("data-chart=\"bar-across\""));
    shop.site.switchPlugin("trendcards", "06", false);
    CHECK(year(std::nullopt).empty());
  }
}

TEST_CASE("decks that were sent and editions that were published are of the year", "[trendcards][report]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    LiveWorkshop shop(database);
    const auto stock = shop.write([&](WriteTx& tx) {
      return operations::addStock(
          tx, {.edition = shop.edition, .holder = kPirkanmaa, .left = 10, .ceiling = 5, .note = "", .contact = {}});
    });
    Order order;
    order.stock = stock;
    order.formKey = "one";
    order.count = 3;
    order.state = OrderState::sent;
    order.organisationName = "Tuki ry";
    order.region = region("01");
    order.createdAt = now();
    order.endedAt = now();
    shop.write([&](WriteTx& tx) {
      const auto id = store::insertOrder(tx, order);
      static constexpr Sql kSent{"test.sent", "UPDATE trendcards_order SET state = 'sent', ended_at = :at WHERE id = :id"};
      return tx.run(kSent, now(), id);
    });
    const Instant from = now() - std::chrono::hours(1), to = now() + std::chrono::hours(1);
    shop.read([&](ReadTx& tx) {
      CHECK(store::decksSent(tx, region("01"), from, to) == 3);
      CHECK(store::decksSent(tx, kPirkanmaa, from, to) == 0);
      CHECK(store::decksSent(tx, std::nullopt, from, to) == 3);
      CHECK(store::decksSent(tx, std::nullopt, to, to + std::chrono::hours(1)) == 0);
      CHECK(store::publishedEditions(tx, kPirkanmaa, from, to).size() == 1);
      CHECK(store::publishedEditions(tx, region("01"), from, to).empty());
      return true;
    });
  }
}

TEST_CASE("who leads sees on the dashboard the sessions that are open and those whose result is nowhere",
          "[trendcards][waiting]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    LiveWorkshop shop(database);
    const Session open = shop.begin(shop.plan()), over = shop.begin(shop.plan()), unused = shop.begin(shop.plan());
    shop.joined(over, "client");
    for (const Session& session : {over, unused})
      shop.host().writeAs(shop.leader, [&](WriteTx& tx) { return operations::end(tx, session.id); });
    const auto waiting = [&](PersonId who) {
      return shop.read([&](ReadTx& tx) {
        return store::waitingSessions(tx, who, now(), now() - std::chrono::days(60), 10);
      });
    };
    REQUIRE(waiting(shop.leader).size() == 2);
    CHECK(waiting(shop.leader)[0].session == open.id);
    CHECK(waiting(shop.leader)[0].isOpen);
    CHECK(waiting(shop.leader)[1].session == over.id);
    CHECK_THAT(bodyOf(shop.facilitator.get("/fi/dashboard")),
               Contains("/fi/trendcards/sessions/" + open.id.text() + "\"") &&
                   Contains("/fi/trendcards/sessions/" + over.id.text() + "/results\""));
    CHECK_THAT(bodyOf(shop.editor.get("/fi/dashboard")), !Contains("/trendcards/sessions/" + open.id.text()));
    shop.facilitator.post("/fi/trendcards/sessions/" + over.id.text() + "/results/share");
    CHECK(waiting(shop.leader).size() == 1);
    shop.site.switchPlugin("trendcards", "06", false);
    CHECK(waiting(shop.leader).empty());
  }
}

TEST_CASE("who holds printed decks sees how many orders wait", "[trendcards][waiting]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    LiveWorkshop shop(database);
    const auto stock = shop.write([&](WriteTx& tx) {
      return operations::addStock(
          tx, {.edition = shop.edition, .holder = kPirkanmaa, .left = 10, .ceiling = 5, .note = "", .contact = {}});
    });
    const auto dashboard = [&] { return bodyOf(shop.facilitator.get("/fi/dashboard")); };
    CHECK_THAT(dashboard(), !Contains("odottaa käsittelyä"));
    for (const auto& [key, state] : {std::pair{"one", OrderState::received}, std::pair{"two", OrderState::accepted},
                                     std::pair{"three", OrderState::sent}}) {
      Order order;
      order.stock = stock;
      order.formKey = key;
      order.state = state;
      order.organisationName = "Tuki ry";
      order.region = kPirkanmaa;
      shop.write([&](WriteTx& tx) { return store::insertOrder(tx, order); });
    }
    CHECK_THAT(dashboard(), Contains("2 korttitilausta odottaa käsittelyä"));
    auto other = shop.site.signedIn(shop.site.person("Mauri", "Muualta", {{Role::contactPerson, region("01"), {}}}));
    CHECK_THAT(bodyOf(other.get("/fi/dashboard")), !Contains("odottaa käsittelyä"));
  }
}

TEST_CASE("a session of an event is begun from there, shows it, and its result goes there", "[trendcards][workshops]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    EventWorkshop shop(database);
    const std::int64_t event = shop.addEvent(3);
    const std::string key = std::to_string(event), choosing = "/fi/trendcards/sessions/new?event=" + key;
    const std::string form = "/fi/trendcards/sessions/new?edition=" + shop.edition.text() + "&event=" + key;
    CHECK_THAT(bodyOf(shop.facilitator.get(choosing)), Contains("&amp;event=" + key + "\""));
    CHECK_THAT(bodyOf(shop.facilitator.get(form)), Contains("value=\"" + key + "\" selected"));
    CHECK_THAT(bodyOf(shop.facilitator.get(form + "9")), !Contains("value=\"" + key + "\" selected"));

    const auto begun = shop.facilitator.post("/fi/trendcards/sessions/new", shop.form(key));
    REQUIRE(begun.status == 303);
    const SessionId id = idIn(begun);
    CHECK(shop.session(id).plan.event == event);
    const std::string path = "/fi/trendcards/sessions/" + id.text();
    CHECK_THAT(bodyOf(shop.facilitator.get(path)), Contains("href=\"/fi/events/" + key + "\""));
    CHECK_THAT(bodyOf(shop.facilitator.get("/fi/events/" + key + "/manage")),
               Contains("href=\"" + path + "\"") && Contains("Iltapäivän työpaja"));

    shop.joined(shop.session(id), "client");
    CHECK(shop.facilitator.post(path + "/end").status == 303);
    CHECK_THAT(bodyOf(shop.facilitator.get(path + "/results")), Contains("value=\"" + key + "\" selected"));
    CHECK(shop.facilitator.post(path + "/results/attach", {{"event", key}}).status == 303);
    CHECK(shop.read([&](ReadTx& tx) { return store::recordOf(tx, id).event; }) == event);
    CHECK_THAT(bodyOf(shop.facilitator.get("/fi/events/" + key + "/manage")), Contains("päättynyt"));
  }
}

TEST_CASE("a session belongs only to an event that its leader organises, in the session's region",
          "[trendcards][workshops]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    EventWorkshop shop(database);
    const std::string key = std::to_string(shop.addEvent(3)), far = std::to_string(shop.addEvent(80));
    CHECK(shop.facilitator.post("/fi/trendcards/sessions/new", shop.form(far)).status == 422);
    CHECK(shop.facilitator.post("/fi/trendcards/sessions/new", shop.form("98765")).status == 422);
    CHECK(shop.facilitator.post("/fi/trendcards/sessions/new", shop.form("<b>")).status == 422);
    CHECK(shop.facilitator.post("/fi/trendcards/sessions/new", shop.form("")).status == 303);
    auto both = shop.site.signedIn(shop.site.person(
        "Kaisa", "Kaksi", {{Role::contactPerson, kPirkanmaa, {}}, {Role::contactPerson, region("01"), {}}}));
    const auto elsewhere = both.post("/fi/trendcards/sessions/new", shop.form(key, "01"));
    CHECK(elsewhere.status == 422);
    CHECK_THAT(bodyOf(elsewhere), Contains("Tapahtuma on toisessa maakunnassa kuin työpaja."));
    CHECK(both.post("/fi/trendcards/sessions/new", shop.form(key)).status == 303);
    auto other = shop.site.signedIn(shop.site.person("Mauri", "Muualta", {{Role::contactPerson, region("01"), {}}}));
    CHECK(other.post("/fi/trendcards/sessions/new", shop.form(key, "01")).status == 422);
    CHECK_THAT(bodyOf(other.get("/fi/trendcards/sessions/new?edition=" + shop.edition.text())), !Contains("Järjestöpäivä"));
  }
}

TEST_CASE("a program begins a session of an event and reads which it is", "[trendcards][workshops][api]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    EventWorkshop shop(database);
    const std::string key = std::to_string(shop.addEvent(3));
    const auto send = [&](const std::string& event) {
      const Json wish{{"title", "Iltapäivä"}, {"region", "06"}, {"edition", shop.edition.text()}, {"exercise", "rank"},
                      {"event", event}};
      return testing::sendBody(shop.facilitator, Method::post, "/api/v1/trendcards/sessions", wish.dump());
    };
    const auto made = send(key);
    REQUIRE(made.status == 201);
    CHECK(Json::parse(bodyOf(made)).at("event") == key);
    const auto refused = send("98765");
    CHECK(refused.status == 422);
    CHECK(Json::parse(bodyOf(refused)).at("errors").at(0).at("field") == "event");
  }
}

TEST_CASE("the service of workshops tells each only of what they may lead", "[trendcards][workshops]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    EventWorkshop shop(database);
    const std::int64_t event = shop.addEvent(3);
    auto& service = *shop.host().service<Workshops>();
    const Actor leading = shop.leading(), nobody{};
    const Actor other{.person = shop.leader, .name = {}, .grants = {{Role::contactPerson, region("01"), {}}}};
    SessionPlan plan = shop.plan();
    plan.event = event;
    const Session session = shop.begin(plan);
    shop.read([&](ReadTx& tx) {
      CHECK(service.newPath(tx, shop.host(), leading, event) == "/trendcards/sessions/new?event=" + std::to_string(event));
      CHECK(service.newPath(tx, shop.host(), other, event).empty());
      CHECK(service.newPath(tx, shop.host(), nobody, event).empty());
      CHECK(service.newPath(tx, shop.host(), leading, 98765).empty());
      REQUIRE(service.of(tx, shop.host(), leading, event).size() == 1);
      CHECK(service.of(tx, shop.host(), leading, event)[0].path == "/trendcards/sessions/" + session.id.text());
      CHECK(service.of(tx, shop.host(), other, event).empty());
      return true;
    });
  }
}
