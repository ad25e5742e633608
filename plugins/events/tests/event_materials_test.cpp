// What other plugins bring to an event, through the service of the kit.
#include <catch2/catch.hpp>

#include <algorithm>

#include "operations/event_materials.h"
#include "store/co_organisers.h"
#include "store/events.h"
#include "store/managing.h"
#include "store/materials.h"
#include "visit.h"

using namespace toimela;
using namespace toimela::events;
using testing::bodyOf;

namespace {

struct Bringing : Visit {
  using Visit::Visit;

  EventMaterials& service() { return *host().service<EventMaterials>(); }
  Actor actor(std::vector<Grant> grants) {
    const PersonId person = site.person("Taina" + std::to_string(++made), "Tuoja", grants);
    return {.person = person, .name = "Taina Tuoja", .grants = std::move(grants)};
  }
  Actor contactPerson(RegionCode where = kPirkanmaa) { return actor({{Role::contactPerson, where, {}}}); }

  EventId addEvent(int days, std::optional<RegionCode> where = kPirkanmaa,
                   EventStatus status = EventStatus::published) {
    Event event = exampleEvent(20);
    event.region = where;
    event.status = status;
    event.startsAt = inDays(days);
    event.endsAt = inDays(days) + std::chrono::hours(2);
    return Gathering::addEvent(event);
  }
  std::vector<std::int64_t> openTo(const Actor& who, std::optional<RegionCode> where) {
    std::vector<std::int64_t> keys;
    for (const auto& event : host().read([&](ReadTx& tx) { return service().openTo(tx, host(), who, where); }))
      keys.push_back(event.key);
    return keys;
  }
  bool bring(const Actor& who, EventId event, const std::string& link) {
    return host().writeAs(who.person, [&](WriteTx& tx) {
      const bool isBrought =
          service().attach(tx, host(), who, event.value, {.fi = "Työpajan tulos"}, link);
      if (!isBrought) tx.unaudited("nothing was brought");
      return isBrought;
    });
  }
};

}  // namespace

TEST_CASE("events of the last months and the next weeks are open to what their organiser brings, the latest first",
          "[events][materials]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Bringing g(database);
    const EventId past = g.addEvent(-60), soon = g.addEvent(10), draft = g.addEvent(5, kPirkanmaa, EventStatus::draft);
    g.addEvent(-95);
    g.addEvent(40);
    g.addEvent(3, kUusimaa);
    g.addEvent(3, std::nullopt);
    g.addEvent(2, kPirkanmaa, EventStatus::cancelled);
    const EventId pattern = g.addEvent(4);
    g.change([&](WriteTx& tx) { store::makeTemplate(tx, pattern); return true; });

    CHECK(g.openTo(g.contactPerson(), kPirkanmaa) == std::vector{soon.value, draft.value, past.value});
    const auto found = g.host().read([&](ReadTx& tx) { return g.service().find(tx, soon.value); });
    REQUIRE(found);
    CHECK(found->title.sv == "Nätverksdag");
    CHECK(found->path == "/events/" + soon.text());
    CHECK(found->region == kPirkanmaa);
    CHECK_FALSE(g.host().read([&](ReadTx& tx) { return g.service().find(tx, pattern.value); }));
    CHECK_FALSE(g.host().read([&](ReadTx& tx) { return g.service().find(tx, 987654); }));
  }
}

TEST_CASE("nobody else is offered a region's events, and none where events are switched off", "[events][materials]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Bringing g(database);
    const EventId event = g.addEvent(1), nation = g.addEvent(1, std::nullopt);
    const Actor own = g.contactPerson();
    CHECK(g.openTo(g.contactPerson(kUusimaa), kPirkanmaa).empty());
    CHECK(g.openTo(g.actor({}), kPirkanmaa).empty());
    CHECK(g.openTo({}, kPirkanmaa).empty());
    CHECK(g.openTo(own, std::nullopt).empty());
    CHECK(g.openTo(g.actor({{Role::nationalAdmin, {}, {}}}), std::nullopt) == std::vector{nation.value});
    CHECK(g.openTo(own, kPirkanmaa) == std::vector{event.value});
    g.site.switchPlugin("events", "06", false);
    g.site.visitor().get("/fi");  // a request makes the process look at the switches anew
    CHECK(g.openTo(own, kPirkanmaa).empty());
    CHECK_FALSE(g.bring(own, event, "https://example.org/tulos"));
  }
}

TEST_CASE("an event that regions organise together takes from each of them", "[events][materials]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Bringing g(database);
    const EventId event = g.addEvent(-1, kUusimaa);
    const Actor other = g.contactPerson();
    CHECK(g.openTo(other, kPirkanmaa).empty());
    CHECK_FALSE(g.bring(other, event, "https://example.org/tulos"));
    g.change([&](WriteTx& tx) { store::setCoOrganisers(tx, event, {.regions = {kPirkanmaa}}); return true; });
    CHECK(g.openTo(other, kPirkanmaa) == std::vector{event.value});
    CHECK(g.bring(other, event, "https://example.org/tulos"));
    CHECK(g.materialsOf(event).size() == 1);
  }
}

TEST_CASE("what is brought stands among the materials for whoever sees the event, and in the audit log",
          "[events][materials]") {
  static constexpr Sql kAudit{"test.audit",
                              "SELECT CAST(COUNT(*) AS BIGINT) FROM core_audit WHERE action = 'events.material.add'"};
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Bringing g(database);
    const EventId event = g.addEvent(-1);
    const Actor own = g.contactPerson();
    CHECK(g.bring(own, event, "https://example.org/tulos"));
    REQUIRE(g.materialsOf(event).size() == 1);
    CHECK(g.materialsOf(event).front().audience == MaterialAudience::everyone);
    CHECK(bodyOf(g.site.visitor().get(Visit::page(event))).find("https://example.org/tulos") != std::string::npos);
    CHECK(g.host().read([](ReadTx& tx) { return tx.value<std::int64_t>(kAudit); }) == 1);

    CHECK_FALSE(g.bring(own, event, "javascript:alert(1)"));
    CHECK_FALSE(g.bring(own, event, "http://example.org"));
    CHECK_FALSE(g.bring(own, EventId{987654}, "https://example.org"));
    CHECK_FALSE(g.bring(g.contactPerson(kUusimaa), event, "https://example.org"));
    CHECK_FALSE(g.bring({}, event, "https://example.org"));
    CHECK(g.materialsOf(event).size() == 1);
  }
}
