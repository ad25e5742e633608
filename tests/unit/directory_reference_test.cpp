#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "data/generation.h"
#include "databases.h"
#include "directory/reference.h"

using namespace toimela;
using namespace toimela::directory;
namespace fs = std::filesystem;

namespace {

const fs::path kRegions = TOIMELA_SOURCE_FOLDER "/db/reference/regions.json";
const fs::path kMunicipalities = TOIMELA_SOURCE_FOLDER "/db/reference/municipalities.json";

Date day(const char* text) { return *Date::parse(text); }

std::vector<Municipality> of(data::Database& database, const char* region, const char* on) {
  return database.get(
      [&](ReadTx& tx) { return municipalitiesOf(tx, *RegionCode::parse(region), day(on)); });
}

bool has(const std::vector<Municipality>& municipalities, std::string_view name) {
  return std::any_of(municipalities.begin(), municipalities.end(),
                     [&](const auto& m) { return m.name.fi == name; });
}

/// A file that is gone with the test.
struct TemporaryFile {
  TemporaryFile(const std::string& name, const std::string& content)
      : path(fs::temp_directory_path() / (name + std::to_string(getpid()))) {
    std::ofstream(path) << content;
  }
  ~TemporaryFile() { fs::remove(path); }
  fs::path path;
};

}  // namespace

TEST_CASE("Finland has its regions and municipalities") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    updateReference(*database, kRegions, kMunicipalities);
    const auto regions = database->get(loadRegions);
    CHECK(regions.size() == 19);
    std::size_t count2024 = 0, count2025 = 0;
    for (const auto& region : regions) {
      count2024 += of(*database, region.code.text().c_str(), "2024-06-01").size();
      count2025 += of(*database, region.code.text().c_str(), "2025-01-01").size();
    }
    CHECK(count2024 == 309);
    CHECK(count2025 == 308);
  }
}

TEST_CASE("a municipality belongs to the region it belonged to on the day") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    updateReference(*database, kRegions, kMunicipalities);
    CHECK(has(of(*database, "15", "2020-12-31"), "Isokyrö"));
    CHECK_FALSE(has(of(*database, "14", "2020-12-31"), "Isokyrö"));
    CHECK(has(of(*database, "14", "2021-01-01"), "Isokyrö"));
    CHECK_FALSE(has(of(*database, "15", "2021-01-01"), "Isokyrö"));
  }
}

TEST_CASE("updating again with the same files changes nothing, not even the pages that are kept") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    CHECK(updateReference(*database, kRegions, kMunicipalities) > 300);
    const auto before = database->get(data::readGenerations).total;
    CHECK(updateReference(*database, kRegions, kMunicipalities) == 0);
    CHECK(database->get(data::readGenerations).total == before);
  }
}

TEST_CASE("an update writes what the new file changes") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    updateReference(*database, kRegions, kMunicipalities);
    const TemporaryFile file("municipalities",
                             R"([{"code": "152", "name": {"fi": "Isokyrö", "sv": "Storkyro"},
        "periods": [{"region": "15", "from": null, "to": "2029-12-31"}, {"region": "16", "from": "2030-01-01", "to": null}]}])");
    CHECK(updateReference(*database, kRegions, file.path) == 1);
    CHECK(has(of(*database, "15", "2025-01-01"), "Isokyrö"));
    CHECK(has(of(*database, "16", "2030-01-01"), "Isokyrö"));
    CHECK_FALSE(has(of(*database, "14", "2025-01-01"), "Isokyrö"));
    CHECK(has(of(*database, "06", "2025-01-01"), "Tampere"));
  }
}

TEST_CASE("a file with a mistake is refused by name and entry, and nothing is written") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    const TemporaryFile file(
        "municipalities",
        R"([{"code": "837", "name": {"fi": "Tampere", "sv": "Tammerfors"}, "periods": []},
        {"code": "83x", "name": {"fi": "Väärä", "sv": "Fel"}, "periods": []}])");
    CHECK_THROWS_WITH(updateReference(*database, kRegions, file.path),
                      Catch::Contains("entry 2") && Catch::Contains("municipality code"));
    CHECK_THROWS_WITH(updateReference(*database, kRegions, "/no/such/file"),
                      Catch::Contains("/no/such/file"));
    CHECK(database->get(loadRegions).empty());
  }
}
