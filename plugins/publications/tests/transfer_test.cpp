// What is given out is read back identically; BibTeX and other archives are read, whatever they contain.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "archive.h"
#include "domain/bibtex.h"
#include "handlers/demo.h"
#include "exchange/bundle.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "store/series.h"
#include "view/harvest.h"

using namespace toimela;
using namespace toimela::publications;
using Catch::Matchers::Contains;
using testing::bodyOf;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("toimela-transfer-" + std::to_string(std::random_device{}()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

exchange::Sums exportAll(Host& host, const fs::path& folder) {
  const auto outgoing = exchange::gather(host);
  exchange::writeFolder(outgoing, folder);
  return outgoing.sums;
}

exchange::Sums importAll(Host& host, const std::string& from, bool onlyCheck, std::string& report) {
  const auto imported = exchange::importFrom(
      host, from, {.powers = [](std::optional<RegionCode>) { return kEverything; }, .onlyCheck = onlyCheck});
  for (const std::string& problem : exchange::problemsOf(imported)) report += problem + "\n";
  return imported.sums;
}

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the demonstration goes out into a folder and comes back identically elsewhere", "[publications][transfer]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Folder first, second;
      {
        Archive a(database);
        handlers::loadDemo(a.host(), TOIMELA_SOURCE_FOLDER "/plugins/publications/demo");
        const auto sums = exportAll(a.host(), first.path.string());
        CHECK(sums.added == 16);
        CHECK(sums.files >= 9);
        auto visitor = a.site.visitor();
        CHECK_THAT(bodyOf(visitor.get("/fi/publications")), Contains("13 julkaisua") && Contains("<h1>Julkaisut</h1>"));
        CHECK_THAT(bodyOf(visitor.get("/fi/publications/podcast.xml")), Contains("<enclosure"));
        CHECK_THAT(bodyOf(visitor.get("/fi/publications/series")), Contains("Kyvyt käyttöön Extra"));
        CHECK_THAT(bodyOf(visitor.get("/fi/publications/series/1")), Contains("2/2023"));
        CHECK_THAT(bodyOf(visitor.get("/fi/publications/articles")), Contains("Näin lisäät julkaisun"));
        CHECK_THAT(bodyOf(visitor.get("/fi/publications/articles?month=2017-10")), Contains("Jobi on päättynyt"));
        CHECK_THAT(bodyOf(visitor.get("/fi/publications/articles/1")), Contains(">Mitä jäi</h"));
        CHECK_THAT(bodyOf(visitor.get("/fi/publications/figures")), Contains("Ladatuimmat"));
        CHECK(visitor.get("/fi/publications/figures?format=xlsx").status == 200);
        CHECK_THAT(bodyOf(visitor.get("/fi/regions/etela-karjala/publications/figures")), Contains("Lataukset"));
        CHECK_THAT(bodyOf(visitor.get("/fi/search?q=kumppanuus")), Contains("Verkostot ja <mark>kumppanuus</mark>"));
      }
      const auto fresh = testing::databases();
      for (const auto& other : fresh) {
        if (other.name != database.name) continue;
        Archive b(other);
        std::string report;
        const auto sums = importAll(b.host(), first.path.string(), false, report);
        CHECK(report.empty());
        CHECK(sums.added == 16);
        CHECK(importAll(b.host(), first.path.string(), false, report).known == 16);
        exportAll(b.host(), second.path.string());
        for (const char* name : {"publications.csv", "series.csv", "files.csv"})
          CHECK(content(first.path / name) == content(second.path / name));
        for (const auto& file : fs::recursive_directory_iterator(first.path))
          if (file.is_regular_file())
            CHECK(content(file.path()) == content(second.path / file.path().lexically_relative(first.path)));
      }
    }
  }
}

TEST_CASE("a row that is wrong is told with its place, and the others come in", "[publications][transfer]") {
  Archive a(testing::databases().front());
  Folder folder;
  const auto file = (folder.path / "table.csv").string();
  std::ofstream(file) << "title_fi;kind;issued;isbn;region;colour\nHyvä;report;2020;;06;red\nHuono;report;2020;978-1;06;red\n"
                         "Vuodeton;report;;;;\nAlueeton;report;2020;;99;\n";
  std::string report;
  CHECK(importAll(a.host(), file, true, report).added == 1);
  CHECK(a.read([](ReadTx& tx) { return store::allAfter(tx, {}, 10); }).empty());
  report.clear();
  const auto sums = importAll(a.host(), file, false, report);
  CHECK(sums.added == 1);
  CHECK(sums.wrong == 3);
  CHECK_THAT(report, Contains("3: isbn") && Contains("4: issued") && Contains("5: ") && Contains("colour"));
  // What a folder names outside itself is not taken.
  Folder other;
  std::ofstream(other.path / "publications.csv") << "address;title_fi;kind;issued\nabcd1234;Uusi;report;2020\n";
  std::ofstream(other.path / "files.csv") << "address;part;role;label;accessible;note;path\nabcd1234;1;main;;0;;../../etc/passwd\n";
  report.clear();
  CHECK(importAll(a.host(), other.path.string(), false, report).files == 0);
  CHECK_THAT(report, Contains("files 2") && Contains("../../etc/passwd"));
}

TEST_CASE("BibTeX is read with its accents, organisations and joined strings", "[publications][bibtex]") {
  const auto file = parseBibtex(
      "@comment{x}\n@Book{suntio2015,\n author = {Marianne Suntio and Mikkonen, Sanna-Leena and {Vates-s\\\"a\\\"ati\\\"o}},\n"
      " title = {J\\\"arjest\\\"ot {JA} \\& oppilaitokset}, year = 2015, publisher = \"Saimaan \" # {amk} }\n@book{broken, title = {x\n");
  REQUIRE(file.entries.size() == 1);
  const auto& entry = file.entries.front();
  CHECK(entry.type == "book");
  CHECK(entry.fields.at("title") == "Järjestöt JA & oppilaitokset");
  CHECK(entry.fields.at("publisher") == "Saimaan amk");
  CHECK(bibtexPeople(entry.fields.at("author")) == "Suntio, Marianne\nMikkonen, Sanna-Leena\nVates-säätiö");
  CHECK(file.damaged == std::vector<int>{5});
}

TEST_CASE("BibTeX comes in by the same form as everything else", "[publications][bibtex]") {
  Archive a(testing::databases().front());
  Folder folder;
  const auto file = (folder.path / "list.bib").string();
  std::ofstream(file) << "@thesis{a, author={Jormakka, Riitta}, title={Osallisuus}, school={Saimaan amk}, year=2016, month=6}\n"
                         "@book{b, title={Vuosi puuttuu}}\n";
  std::string report;
  const auto sums = importAll(a.host(), file, false, report);
  CHECK(sums.added == 1);
  CHECK(sums.wrong == 1);
  CHECK_THAT(report, Contains("b: issued"));
  const auto p = a.find(a.read([](ReadTx& tx) { return store::allAfter(tx, {}, 10); }).front());
  CHECK(p.kind == Kind::thesis);
  CHECK(p.issued->text() == "2016-06");
  CHECK(p.state == State::draft);
}

TEST_CASE("whatever bytes come, the readers of BibTeX and harvests end", "[publications][bibtex][fuzz]") {
  std::mt19937 random(20261122);
  const std::string sample = "@book{a, author = {A and {B}}, title = \"x {y} z\", year = 2015 # {1} }\n";
  const std::string xml = "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><ListRecords><record><header>"
                          "<identifier>a</identifier></header></record></ListRecords></OAI-PMH>";
  std::size_t entries = 0, read = 0;
  for (int round = 0; round < 5'000; ++round) {
    std::string text = sample + sample, document = xml;
    for (unsigned i = 0, changes = random() % 12; i < changes; ++i) {
      text[random() % text.size()] = static_cast<char>(random() % 256);
      document[random() % document.size()] = static_cast<char>(random() % 256);
    }
    entries += parseBibtex(text).entries.size();
    bibtexPeople(text);
    read += view::readHarvest(document).has_value() ? 1 : 0;
  }
  CHECK(entries > 0);
  CHECK(read > 0);
  std::string deep = "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">";
  for (int i = 0; i < 200'000; ++i) deep += "<a>";
  CHECK_FALSE(view::readHarvest(deep));
  for (int i = 0; i < 200'000; ++i) deep += "</a>";
  CHECK_FALSE(view::readHarvest(deep + "</OAI-PMH>"));
  CHECK(parseBibtex(std::string(100'000, '{')).entries.empty());
  CHECK(parseBibtex("@a{b,c=" + std::string(100'000, '{')).entries.empty());
}

TEST_CASE("another archive's records become drafts with what Dublin Core says of them", "[publications][harvest]") {
  Archive a(testing::databases().front());
  a.publish(example());
  auto visitor = a.site.visitor();
  const auto harvest = view::readHarvest(bodyOf(visitor.get("/oai?verb=ListRecords&metadataPrefix=oai_dc")));
  REQUIRE(harvest);
  REQUIRE(harvest->sent.size() == 1);
  const view::Words words(Locale::en, a.host());
  const auto judged = view::judge(harvest->sent.front(), {}, words);
  REQUIRE(judged.problems.empty());
  CHECK(judged.publication->title == example().title);
  CHECK(judged.publication->kind == Kind::handbook);
  CHECK(judged.publication->issued->text() == "2019");
  CHECK(judged.publication->contributors.size() == 2);
  CHECK_FALSE(view::readHarvest("<html></html>"));
  CHECK(view::readHarvest(bodyOf(visitor.get("/oai?verb=ListRecords")))->error.find("metadataPrefix") != std::string::npos);
}
