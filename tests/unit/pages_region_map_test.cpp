// The tile map: names that fit on a square, shades that tell much from little, an order to read in.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "pages/region_map.h"
#include "toimela/tile_map.h"

using namespace toimela;

TEST_CASE("a name of several parts is shortened to its initials, a single one to three letters") {
  CHECK(shortRegionName("Etelä-Karjala") == "EK");
  CHECK(shortRegionName("Egentliga Finland") == "EF");
  CHECK(shortRegionName("Södra Österbotten") == "SÖ");
  CHECK(shortRegionName("Lappi") == "Lap");
  CHECK(shortRegionName("Åland") == "Åla");
  CHECK(shortRegionName("").empty());
}

TEST_CASE("no two regions have the same short name in any language") {
  std::ifstream in(std::string(TOIMELA_SOURCE_FOLDER) + "/db/reference/regions.json");
  const auto regions = nlohmann::json::parse(in);
  REQUIRE(regions.size() == 19);
  for (const char* language : {"fi", "sv", "en"}) {
    std::set<std::string> names;
    for (const auto& region : regions) names.insert(shortRegionName(region["name"][language].get<std::string>()));
    INFO(language);
    CHECK(names.size() == regions.size());
  }
}

TEST_CASE("every place of the reference data fits the grid of the style sheet, one region a place") {
  std::ifstream in(std::string(TOIMELA_SOURCE_FOLDER) + "/db/reference/regions.json");
  std::set<std::pair<int, int>> places;
  for (const auto& region : nlohmann::json::parse(in)) {
    const int column = region["tile"]["column"], row = region["tile"]["row"];
    CHECK((column >= 0 && column <= 5));
    CHECK((row >= 0 && row <= 6));
    places.insert({column, row});
  }
  CHECK(places.size() == 19);
}

TEST_CASE("one organisation shows beside a hundred, and none stays blank") {
  CHECK(pages::shade(0, 100) == 0);
  CHECK(pages::shade(1, 100) == 1);
  CHECK(pages::shade(30, 100) == 2);
  CHECK(pages::shade(100, 100) == 3);
  CHECK(pages::shade(0, 0) == 0);
}
