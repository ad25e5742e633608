// Archives as ZIP files through the web: out, in, and what in them is refused.
#include <catch2/catch.hpp>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>

#include "archive.h"
#include "exchange/bundle.h"
#include "handlers/demo.h"
#include "host/core_host.h"
#include "operations/articles.h"
#include "store/articles.h"
#include "temporary_folder.h"

using namespace toimela;
using namespace toimela::publications;
using Catch::Matchers::Contains;
using testing::bodyOf;
using testing::hidden;
namespace fs = std::filesystem;

namespace {

/// Files that were made and not taken away.
std::size_t leftBehind(Archive& a) {
  std::size_t count = 0;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(core(a.host()).dataFolder() / "uploads", none))
    count += entry.path().filename().string().starts_with("toimela-made-") ? 1 : 0;
  return count;
}

struct InZip {
  std::string name, content;
  bool isLink = false;
};
std::string zipped(const std::vector<InZip>& entries) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "a.zip").string();
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
  for (const InZip& entry : entries) {
    const auto index = zip_file_add(archive, entry.name.c_str(),
                                    zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0), ZIP_FL_ENC_UTF_8);
    if (entry.isLink)
      zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX, (S_IFLNK | 0777u) << 16);
  }
  REQUIRE(zip_close(archive) == 0);
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const std::string kTable = "title_fi;kind;issued;address;region\nVerkkojen opas;handbook;2021;abcd1234;06\n";

/// One red pixel.
const std::string kPixel(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x8\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9c"
    "c\xf8\xcf\xc0\0\0\3\1\1\0\xc9\xfe\x92\xef\0\0\0\0IEND\xae\x42`\x82", 69);

std::vector<Article> articlesOf(Archive& a) {
  return a.read([](ReadTx& tx) { return store::articlesAfter(tx, ArticleId{0}, 100); });
}

}  // namespace

TEST_CASE("the whole archive goes out as a ZIP and comes back identically, with articles and states", "[publications][transfer]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      std::string bytes;
      std::vector<Article> before;
      {
        Archive a(database);
        handlers::loadDemo(a.host(), TOIMELA_SOURCE_FOLDER "/plugins/publications/demo");
        a.write([](WriteTx& tx) {
          const Article draft{.region = kPirkanmaa, .title = {.fi = "Luonnos"},
                              .body = {.fi = "Eka rivi\n\n- luettelo; ja \"lainaus\""}, .author = "Aino", .day = Date::today()};
          operations::addArticle(tx, draft, {});
        });
        auto admin = a.site.signedIn(a.site.person("Niilo", "Valtakunta", {{Role::nationalAdmin, {}, {}}}));
        CHECK(a.reviewer.get("/fi/publications/export").status == 403);  // of one region only
        CHECK_THAT(bodyOf(admin.get("/fi/publications/import")), Contains("/fi/publications/export"));
        const auto out = admin.get("/fi/publications/export");
        REQUIRE(out.status == 200);
        bytes = bodyOf(out);
        before = articlesOf(a);
      }
      const auto fresh = testing::databases();
      for (const auto& other : fresh) {
        if (other.name != database.name) continue;
        Archive b(other);
        auto admin = b.site.signedIn(b.site.person("Niilo", "Valtakunta", {{Role::nationalAdmin, {}, {}}}));
        const auto preview = b.upload(admin, "/fi/publications/import", {}, "arkisto.zip", bytes);
        REQUIRE(preview.status == 200);
        CHECK_THAT(bodyOf(preview), Contains("16 julkaisua tuodaan") && Contains("tiedostoa.") && !Contains("Näitä ei voi tuoda"));
        CHECK(b.read([](ReadTx& tx) { return store::allAfter(tx, {}, 10); }).empty());
        CHECK(admin.post("/fi/publications/import/do", {{"stored", hidden(bodyOf(preview), "stored")}}).status == 303);
        const auto after = articlesOf(b);
        REQUIRE(after.size() == before.size());
        for (std::size_t i = 0; i < after.size(); ++i) {
          CHECK(after[i].title == before[i].title);
          CHECK(after[i].body == before[i].body);
          CHECK(after[i].isPublished == before[i].isPublished);
          CHECK(after[i].day == before[i].day);
        }
        CHECK_THAT(bodyOf(b.site.visitor().get("/fi/publications")), Contains("13 julkaisua"));
        // The same once more brings nothing.
        CHECK_THAT(bodyOf(b.upload(admin, "/fi/publications/import", {}, "arkisto.zip", bytes)), Contains("on jo täällä"));
      }
    }
  }
}

TEST_CASE("a ZIP of a contact person comes in as drafts of their region, with files and pictures", "[publications][transfer]") {
  Archive a(testing::databases().front());
  const std::string bytes = zipped(
      {{"koti/publications.csv", kTable + "Muualla;report;2020;abcd1235;19\n"},
       {"koti/files.csv", "address;part;role;label;accessible;note;path\nabcd1234;1;main;Opas;1;;tiedostot/opas.pdf\n"
                          "abcd1234;2;supplement;;0;;puuttuu.pdf\n"},
       {"koti/tiedostot/opas.pdf", pdf()},
       {"koti/articles.csv", "region;day;author;published;title_fi;body_fi;image;image_alt\n06;2024-05-01;Aino;1;Vappu;Teksti;kuva.png;Punainen\n"
                             "06;2024-05-02;Aino;1;Kuvaton;Teksti;;\n06;eilen;Aino;1;Väärä päivä;Teksti;;\n"},
       {"koti/kuva.png", kPixel},
       {"__MACOSX/koti/._kuva.png", "x"}});
  const auto preview = bodyOf(a.upload(a.editor, "/fi/publications/import", {}, "koti.zip", bytes));
  CHECK_THAT(preview, Contains("1 julkaisu tuodaan") &&
                          Contains("Sinulla ei ole oikeutta lisätä julkaisuja tähän maakuntaan") && Contains("puuttuu.pdf") && Contains("articles 4"));
  CHECK(a.editor.post("/fi/publications/import/do", {{"stored", hidden(preview, "stored")}}).status == 303);
  const auto ids = a.read([](ReadTx& tx) { return store::allAfter(tx, {}, 10); });
  REQUIRE(ids.size() == 1);
  CHECK(a.find(ids[0]).state == State::draft);
  CHECK(a.parts(ids[0]).size() == 1);
  const auto articles = articlesOf(a);
  REQUIRE(articles.size() == 2);
  CHECK(articles[0].image.has_value());
  CHECK(a.site.visitor().get("/fi/publications/articles/" + articles[0].id.text() + "/image").status == 200);
}

TEST_CASE("a ZIP that leads out of its folder, is broken or has no table is refused with words for it", "[publications][transfer]") {
  Archive a(testing::databases().front());
  const std::vector<std::pair<std::string, std::string>> wrong{
      {zipped({{"publications.csv", kTable}, {"../pois.csv", "x"}}), "johtaa sen ulkopuolelle"},
      {zipped({{"publications.csv", kTable}, {"/etc/pois.csv", "x"}}), "johtaa sen ulkopuolelle"},
      {zipped({{"publications.csv", kTable}, {"a\\..\\..\\pois.csv", "x"}}), "johtaa sen ulkopuolelle"},
      {zipped({{"publications.csv", kTable}, {"linkki", "/etc/passwd", true}}), "johtaa sen ulkopuolelle"},
      {zipped({{"publications.csv", kTable}, {"publications.csv/alla.txt", "x"}}), "johtaa sen ulkopuolelle"},
      {zipped({{"muu.txt", "x"}}), "ei ole taulukkoa"},
      {zipped({{"publications.csv", kTable}}).substr(0, 60), "vioittunut"}};
  for (const auto& [bytes, why] : wrong) {
    INFO(why);
    const auto answer = a.upload(a.editor, "/fi/publications/import", {}, "koti.zip", bytes);
    CHECK(answer.status == 422);
    CHECK_THAT(bodyOf(answer), Contains(why) && Contains("f-file-error"));
  }
  // Half a gigabyte of nothing packs into half a megabyte.
  const auto bomb = zipped({{"publications.csv", kTable}, {"pommi.txt", std::string(540'000'000, 'a')}});
  CHECK(bomb.size() < 2'000'000);
  const auto answer = a.upload(a.editor, "/fi/publications/import", {}, "pommi.zip", bomb);
  CHECK(answer.status == 422);
  CHECK_THAT(bodyOf(answer), Contains("kohtuuttoman suureksi"));
  // Nor by the command line, which takes a file from the disk as it is.
  const TemporaryFolder folder;
  const auto path = (folder.path() / "pommi.zip").string();
  std::ofstream(path, std::ios::binary) << bomb;
  CHECK(std::get<exchange::ZipTrouble>(exchange::openZip(a.host(), path)) == exchange::ZipTrouble::tooLarge);
  CHECK(a.read([](ReadTx& tx) { return store::allAfter(tx, {}, 10); }).empty());
}

TEST_CASE("an export needs its room once, says when there is none, and leaves nothing behind", "[publications][transfer]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      const auto id = a.add(example());
      CHECK(a.upload(a.editor, a.page(id, "/files/new"), {{"role", "main"}}, "opas.pdf", pdf()).status == 303);
      auto admin = a.site.signedIn(a.site.person("Niilo", "Valtakunta", {{Role::nationalAdmin, {}, {}}}));
      const auto before = leftBehind(a);
      {
        const auto out = admin.get("/fi/publications/export");
        REQUIRE(out.status == 200);
        CHECK(leftBehind(a) == before + 1);
        CHECK(bodyOf(out).starts_with("PK"));
      }
      CHECK(leftBehind(a) == before);
      a.write([](WriteTx& tx) {
        constexpr Sql kHuge{"test.huge", "UPDATE core_file SET size = 1000000000000000"};
        tx.run(kHuge);
        tx.unaudited("a test needs more than any disk has");
      });
      CHECK(admin.get("/fi/publications/export").status == 507);
      CHECK(leftBehind(a) == before);
      CHECK(admin.get("/fi/publications").status == 200);
    }
  }
}

TEST_CASE("looking at a ZIP unpacks its tables only, and no entry beyond the size that it claims", "[publications][transfer]") {
  Archive a(testing::databases().front());
  const TemporaryFolder folder;
  const auto open = [&](const std::string& bytes) {
    const auto path = (folder.path() / "a.zip").string();
    std::ofstream(path, std::ios::binary) << bytes;
    return exchange::openZip(a.host(), path);
  };
  const std::string bytes = zipped({{"koti/publications.csv", kTable}, {"koti/opas.pdf", std::string(100'000, 'x')}});
  const auto before = leftBehind(a);
  {
    auto opened = open(bytes);
    auto& bundle = *std::get<std::unique_ptr<exchange::Bundle>>(opened);
    CHECK(leftBehind(a) == before);
    CHECK(fs::file_size(bundle.table("publications").value()) == kTable.size());
    CHECK(leftBehind(a) == before + 1);
    CHECK_FALSE(bundle.table("files"));
    CHECK(bundle.has("opas.pdf"));
    CHECK(bundle.has("./kuvat/../opas.pdf"));
    for (const char* wrong : {"", "muu.pdf", "../koti/publications.csv/", "../../etc/passwd", "/etc/passwd"}) CHECK_FALSE(bundle.has(wrong));
    CHECK(bundle.take("opas.pdf")->size() == 100'000);
  }
  CHECK(leftBehind(a) == before);
  {
    // What a Mac adds at the top is no part of it either.
    const auto opened = open(zipped({{".DS_Store", "x"}, {"__MACOSX/._opas.pdf", "x"}, {"publications.csv", kTable}}));
    const auto& bundle = *std::get<std::unique_ptr<exchange::Bundle>>(opened);
    CHECK_FALSE(bundle.has(".DS_Store"));
    CHECK_FALSE(bundle.has("__MACOSX/._opas.pdf"));
    CHECK(bundle.has("publications.csv"));
  }
  // The directory at the end claims less than there is.
  std::string lying = bytes;
  const auto directory = lying.rfind("PK\x01\x02");
  lying[directory + 24] = 10;
  for (const int byte : {25, 26, 27}) lying[directory + static_cast<std::size_t>(byte)] = 0;
  auto opened = open(lying);
  CHECK_THROWS_AS(std::get<std::unique_ptr<exchange::Bundle>>(opened)->take("opas.pdf"), exchange::Damaged);
  CHECK(leftBehind(a) == before);
}
