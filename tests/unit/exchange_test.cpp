#include <catch2/catch.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "directory/organisations.h"
#include "exchange/organisation_table.h"
#include "host/core_host.h"
#include "toimela/spreadsheet.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::exchange;
namespace fs = std::filesystem;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06"), kUusimaa = *RegionCode::parse("01");

Vocabulary vocabulary() {
  return {{{"yhdistys", Sector::association}, {"kunta", Sector::municipality}},
          {{"pirkanmaa", kPirkanmaa}, {"uusimaa", kUusimaa}},
          {{"tampere", {*MunicipalityCode::parse("837"), kPirkanmaa}}}};
}

ReadOrganisation rowOf(std::vector<std::string> cells) {
  Layout layout;
  for (std::size_t i = 0; i < kColumns; ++i) layout[i] = i;
  return readOrganisation(cells, layout, vocabulary());
}

struct Folder {
  fs::path path;
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "toimela-exchange-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()));
    path = pattern;
  }
  ~Folder() { fs::remove_all(path); }
  std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(path / name, std::ios::binary) << content;
    return (path / name).string();
  }
};

int run(Host& host, std::string_view name, const std::vector<std::string>& arguments) {
  for (const auto& command : core(host).contributions().commands)
    if (command.plugin == "core" && command.what.name == name) return command.what.run(host, arguments);
  FAIL("there is no such command");
  return -1;
}

std::int64_t organisationsIn(Host& host) {
  return host.read([](ReadTx& tx) { return directory::countOrganisations(tx, {}); });
}

}  // namespace

TEST_CASE("a table of organisations needs a column of names, in any language", "[exchange]") {
  CHECK(layoutOf({"Kunta", "NIMI SUOMEKSI"})->at(0) == 1u);
  CHECK(layoutOf({"Namn", "FO-nummer"}));
  CHECK(layoutOf({"Name"}));
  CHECK_FALSE(layoutOf({"Kunta", "Y-tunnus"}));
}

TEST_CASE("a row in full becomes an organisation", "[exchange]") {
  const auto [organisation, faults] = rowOf({"Silta ry", "Bron rf", "", "1735895-7", "123.456", "YHDISTYS", "Pirkanmaa", "Tampere", "silta.example.fi"});
  CHECK(faults.empty());
  CHECK(organisation.name.sv == "Bron rf");
  CHECK(organisation.businessId == BusinessId::parse("1735895-7"));
  CHECK(organisation.municipality == MunicipalityCode::parse("837"));
  CHECK(organisation.website == "https://silta.example.fi");
}

TEST_CASE("a municipality tells the region", "[exchange]") {
  const auto read = rowOf({"Silta ry", "", "", "", "", "", "", "Tampere"});
  CHECK(read.faults.empty());
  CHECK(read.organisation.region == kPirkanmaa);
}

TEST_CASE("every mistake in a row is told", "[exchange]") {
  using Faults = std::vector<std::string>;
  CHECK(rowOf({"", "", "", "", "", "", "Uusimaa"}).faults == Faults{"The name is missing."});
  CHECK(rowOf({"A"}).faults == Faults{"The region is missing."});
  CHECK(rowOf({"A", "", "", "1735895-8", "", "", "Uusimaa"}).faults == Faults{"The business id is wrong: its check digit does not match."});
  CHECK(rowOf({"A", "", "", "", "", "gilde", "Uusimaa"}).faults == Faults{"The sector is unknown."});
  CHECK(rowOf({"A", "", "", "", "", "", "Uusimaa", "Tampere"}).faults == Faults{"The municipality is not in the region."});
  CHECK(rowOf({"A", "", "", "", "", "", "Uusimaa", "Atlantis"}).faults == Faults{"The municipality is unknown."});
  CHECK(rowOf({"A", "", "", "", "", "", "Uusimaa", "", "javascript:alert(1)"}).faults == Faults{"The website is not a web address."});
  CHECK(rowOf({std::string(201, 'a'), "", "", "", "", "", "Uusimaa"}).faults.size() == 1);
}

TEST_CASE("organisations are imported all or none, and each only once", "[exchange]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    const Folder folder;
    const std::string good = folder.file("good.csv", "Nimi;Y-tunnus;Maakunta;Kunta\nSilta ry;1735895-7;;Tampere\nPoro ry;;Lappi;\n");
    const std::string bad = folder.file("bad.csv", "Nimi;Y-tunnus;Maakunta\nUusi ry;;Lappi\nToinen ry;1735895-8;Lappi\n");
    const std::string twice = folder.file("twice.csv", "Nimi;Y-tunnus;Maakunta\nA ry;1762900-8;Lappi\nB ry;1762900-8;Lappi\n");
    CHECK(run(host, "import organisations", {good, "--dry-run"}) == 0);
    CHECK(organisationsIn(host) == 0);
    CHECK(run(host, "import organisations", {good}) == 0);
    CHECK(organisationsIn(host) == 2);
    CHECK(run(host, "import organisations", {good}) == 0);
    CHECK(run(host, "import organisations", {bad}) == 1);
    CHECK(run(host, "import organisations", {twice}) == 1);
    CHECK(organisationsIn(host) == 2);
    CHECK(run(host, "import organisations", {}) == 2);
    CHECK(run(host, "import organisations", {good, good}) == 2);
    CHECK(run(host, "import organisations", {(folder.path / "none").string()}) == 1);
  }
}

TEST_CASE("what was exported is imported again as it was", "[exchange]") {
  for (const auto& database : testing::databases()) {
    const Folder folder;
    for (const std::string ending : {"xlsx", "csv"}) {
      const std::string file = (folder.path / ("all." + ending)).string();
      testing::Site from(testing::databases().front());
      run(from.host("core"), "import organisations",
          {folder.file("b.csv", "Nimi;Nimi ruotsiksi;Y-tunnus;Sektori;Kunta;Verkkosivu\n"
                                 "\"=Silta; ry\";Bron rf;1735895-7;säätiö;Tampere;https://silta.example.fi/\n")});
      REQUIRE(organisationsIn(from.host("core")) == 1);
      CHECK(run(from.host("core"), "export organisations", {file}) == 0);
      testing::Site to(database.name == "sqlite" ? testing::databases().front() : testing::databases().back());
      CHECK(run(to.host("core"), "import organisations", {file}) == 0);
      const auto read = [](Host& host) {
        return host.read([](ReadTx& tx) { return directory::findOrganisation(tx, *BusinessId::parse("1735895-7")); }).value();
      };
      const Organisation a = read(from.host("core")), b = read(to.host("core"));
      CHECK(b.name == a.name);
      CHECK(b.name.fi == "=Silta; ry");
      CHECK(b.sector == Sector::foundation);
      CHECK(b.municipality == a.municipality);
      CHECK(b.website == a.website);
    }
  }
}

TEST_CASE("people are exported with a file that is there as a whole or not at all", "[exchange]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  site.person("Maija", "Meikäläinen");
  const Folder folder;
  const std::string file = (folder.path / "people.csv").string();
  CHECK(run(host, "export people", {file}) == 0);
  const auto rows = std::get<std::vector<spreadsheet::Row>>(spreadsheet::read(file));
  REQUIRE(rows.size() == 2);
  CHECK(rows[1].cell(0) == "Meikäläinen");
  CHECK(run(host, "export people", {(folder.path / "people.doc").string()}) == 2);
  CHECK(run(host, "export people", {(folder.path / "no" / "people.csv").string()}) == 1);
  CHECK(run(host, "export people", {}) == 2);
}
