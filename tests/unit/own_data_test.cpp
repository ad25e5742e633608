#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "own_data/erasures.h"
#include "own_data/take_out.h"
#include "toimela/directory.h"
#include "toimela/files.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::testing;

namespace {

std::string entryOf(const std::string& path, const std::string& name) {
  std::ifstream in(path, std::ios::binary);
  Poco::Zip::ZipArchive archive(in);
  in.clear();
  const auto found = archive.findHeader(name);
  REQUIRE(found != archive.headerEnd());
  Poco::Zip::ZipInputStream entry(in, found->second);
  std::ostringstream text;
  text << entry.rdbuf();
  return text.str();
}

bool isKnown(Site& site, PersonId person) {
  return site.host("core").read([&](ReadTx& tx) { return directory::findPerson(tx, person).has_value(); });
}

}  // namespace

TEST_CASE("a person takes out what is known of them as an archive that goes away by itself") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Site site(database);
    const auto person = site.person("Maija", "Meikäläinen");
    std::string path;
    {
      const auto archive = own_data::takeOut(core(site.host("core")), person);
      path = archive->path();
      CHECK(entryOf(path, "data.json").find("Meikäläinen") != std::string::npos);
      CHECK(entryOf(path, "README.txt").find("data.json") != std::string::npos);
    }
    CHECK_FALSE(std::filesystem::exists(path));

    auto visitor = site.signedIn(person);
    const auto answer = visitor.post("/fi/account/data/download");
    CHECK(answer.status == 200);
    CHECK(answer.headers.find("Content-Type") == "application/zip");
    CHECK(answer.headers.find("Cache-Control") == "no-store");
    CHECK(testing::bodyOf(answer).starts_with("PK"));
  }
}

TEST_CASE("a file that the disk has lost does not keep the rest from its owner") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Site site(database);
    const auto person = site.person("Maija", "Meikäläinen");
    Host& host = site.host("core");
    host.writeAs(person, [&](WriteTx& tx) {
      files::keep(tx, {std::string(32, 'a'), "muistio.pdf", "application/pdf", 10, "0"}, person);
      tx.unaudited("a test remembers a file that is not there");
    });
    const auto archive = own_data::takeOut(core(host), person);
    CHECK(entryOf(archive->path(), "data.json").find("muistio.pdf") != std::string::npos);
  }
}

TEST_CASE("who asks to be forgotten has a week to change their mind") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Site site(database);
    const auto person = site.person("Maija", "Meikäläinen");
    auto visitor = site.signedIn(person);
    auto& host = core(site.host("core"));
    CHECK(visitor.post("/fi/account/data/erase").status == 422);
    CHECK(visitor.post("/fi/account/data/erase", {{"understood", "1"}}).status == 303);
    CHECK(own_data::eraseDue(host, now() + std::chrono::hours(24 * 6)) == 0);
    CHECK(visitor.post("/fi/account/data/keep").status == 303);
    CHECK(own_data::eraseDue(host, now() + std::chrono::hours(24 * 8)) == 0);
    CHECK(isKnown(site, person));

    CHECK(visitor.post("/fi/account/data/erase", {{"understood", "1"}}).status == 303);
    CHECK(own_data::eraseDue(host, now() + std::chrono::hours(24 * 8)) == 1);
    CHECK_FALSE(isKnown(site, person));
    CHECK(visitor.get("/fi/account/data").status == 303);  // to the sign-in page
    CHECK(own_data::eraseDue(host, now() + std::chrono::hours(24 * 8)) == 0);
  }
}

TEST_CASE("the only national administrator can not be forgotten before another is named") {
  for (const auto& database : databases()) {
    CAPTURE(database.name);
    Site site(database);
    auto admin = site.signedIn(site.person("Aino", "Ainoa", {{Role::nationalAdmin, {}, {}}}));
    CHECK(admin.post("/fi/account/data/erase", {{"understood", "1"}}).status == 422);
  }
}
