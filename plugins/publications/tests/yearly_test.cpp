// Publications in the yearly report.
#include <catch2/catch.hpp>

#include "archive.h"
#include "store/yearly.h"

using namespace toimela;
using namespace toimela::publications;
using Catch::Contains;
using testing::bodyOf;

TEST_CASE("the year lists what was published in it, with how often files were taken", "[publications][report]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      const auto add = [&](std::string title, const char* issued, State state) {
        return a.write([&](WriteTx& tx) {
          tx.unaudited("a test");
          Publication p = example(std::move(title));
          p.issued = Issued::parse(issued);
          p.state = state;
          p.shortCode = std::string(issued) + "x" + std::string(code(state));
          if (state == State::published) p.publishedAt = now();
          return store::insert(tx, p);
        });
      };
      const auto old = add("Vanha opas", "2021-05-14", State::published);
      add("Uusi opas", "2022", State::published);
      add("Keskeneräinen", "2021", State::draft);
      a.write([&](WriteTx& tx) {
        tx.unaudited("a test");
        store::addDownloads(tx, old, "2021-06-01", 7);
        store::addDownloads(tx, old, "2022-06-01", 2);
        return 0;
      });
      const auto page = bodyOf(a.site.visitor().get("/fi/regions/pirkanmaa/report?year=2021"));
      CHECK_THAT(page, Contains("Vanha opas") && Contains("14.5.2021") && !Contains("Uusi opas") && !Contains("Keskeneräinen"));
      const auto taken = [&](std::optional<RegionCode> where, int year) {
        return a.host().read([&](ReadTx& tx) { return store::downloadsIn(tx, where, year); });
      };
      CHECK(taken(kPirkanmaa, 2021) == 7);
      CHECK(taken(kPirkanmaa, 2022) == 2);
      CHECK(taken(region("01"), 2021) == 0);
      CHECK(taken(std::nullopt, 2021) == 7);
      a.site.switchPlugin("publications", "06", false);
      CHECK(taken(std::nullopt, 2021) == 0);
    }
  }
}
