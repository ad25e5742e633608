// The demonstration content: what a project reported of its events comes out of the figures again.
#include <catch2/catch.hpp>

#include "gathering.h"
#include "handlers/demo.h"
#include "store/figures.h"

using namespace toimela;
using namespace toimela::events;

TEST_CASE("the events of the demonstration give the figures that KeKo reported", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering g(database);
      for (const char* region : {"01", "06", "09", "15", "19"}) g.site.organisation("Yhdistys " + std::string(region), region);
      handlers::loadDemo(g.host(), TOIMELA_SOURCE_FOLDER "/plugins/events/demo");
      const auto report = g.host().read(
          [](ReadTx& tx) { return reportOn(store::heldEvents(tx, {.project = "KeKo"}, now())); });
      CHECK(report.events.size() == 38);
      CHECK(report.people.all() == 1290);
      CHECK(report.people.thirdSectorShare().value() == Approx(0.60).margin(0.001));
      CHECK(report.feedback.mean().value() == Approx(3.3).margin(0.001));
      CHECK(report.feedback.partnerShare().value() == Approx(0.53).margin(0.001));
    }
  }
}
