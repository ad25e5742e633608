// What a region that is opened like another one gets of its events.
#include <catch2/catch.hpp>

#include "gathering.h"
#include "operations/organising.h"
#include "store/co_organisers.h"
#include "store/managing.h"
#include "toimela/region_events.h"

using namespace toimela;
using namespace toimela::events;

namespace {

const RegionCode kLappi = region("19");

void open(Gathering& gathering) {
  gathering.site.host("core").writeAs({}, [](WriteTx& tx) {
    tx.audit({.action = "core.region.open", .object = "region:19", .region = kLappi});
    tx.publish(RegionOpened{kPirkanmaa, kLappi});
  });
}

std::vector<store::ManagedEvent> templatesIn(Gathering& gathering, RegionCode region) {
  return gathering.host().read(
      [&](ReadTx& tx) { return store::managedIn(tx, {region}, false, true, 100); });
}

/// A template of Pirkanmaa with everything that is its own.
EventId keepTemplate(Gathering& gathering) {
  Event event = exampleEvent(40);
  event.contactName = "Pirkko Pirkanmaa";
  event.contactEmail = "pirkko@example.org";
  event.contactPhone = "040 123";
  event.onlineLink = "https://meet.example/pirkko";
  const EventId id = gathering.addEvent(event);
  gathering.addWorkshop(id, 12);
  gathering.change([&](WriteTx& tx) {
    store::setCoOrganisers(tx, id, {.regions = {region("07")}, .organisations = {}});
    return true;
  });
  return gathering.operate([&](WriteTx& tx) { return operations::keepAsTemplate(tx, id); });
}

}  // namespace

TEST_CASE("a region that is opened like another one gets its event templates, without its people",
          "[opening]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Gathering gathering(fresh);
    keepTemplate(gathering);
    open(gathering);
    const auto copied = templatesIn(gathering, kLappi);
    REQUIRE(copied.size() == 1);
    CHECK(copied[0].title.fi == "Verkostopäivä");
    CHECK(copied[0].region == kLappi);
    CHECK(copied[0].capacity == 40);
    gathering.host().read([&](ReadTx& tx) {
      const Event event = *store::findEvent(tx, copied[0].id);
      CHECK(event.contactName.empty());
      CHECK(event.contactEmail.empty());
      CHECK(event.contactPhone.empty());
      CHECK(event.onlineLink.empty());
      CHECK(event.place.empty());
      CHECK(store::sessionsOf(tx, event.id).size() == 1);
      CHECK(store::coOrganisersOf(tx, event.id).regions.empty());
      return true;
    });
    CHECK(templatesIn(gathering, kPirkanmaa).size() == 1);

    // Opened once more, it has everything already.
    open(gathering);
    CHECK(templatesIn(gathering, kLappi).size() == 1);
  }
}

TEST_CASE("no templates come to a region in which events are off", "[opening]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Gathering gathering(fresh);
    keepTemplate(gathering);
    gathering.site.switchPlugin("events", "19", false);
    open(gathering);
    CHECK(templatesIn(gathering, kLappi).empty());
  }
}
