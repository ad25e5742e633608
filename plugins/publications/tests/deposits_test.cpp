// What other plugins bring into the archive, through the service alone.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "archive.h"
#include "toimela/archive.h"
#include "toimela/files.h"

using namespace toimela;
using testing::bodyOf;

namespace {

files::Incoming received(Host& host, const std::string& name, const std::string& content) {
  const auto path = std::filesystem::temp_directory_path() / ("toimela-deposit-" + name);
  std::ofstream(path, std::ios::binary) << content;
  const UploadedFile upload{"file", name, std::make_shared<const SpooledFile>(path.string(), content.size())};
  return std::get<files::Incoming>(files::receive(host, upload, files::worksToKeep()));
}

Actor contactPersonOf(RegionCode region, PersonId person) {
  return {.person = person, .name = "Eeva", .grants = {{Role::contactPerson, region, {}}}};
}

}  // namespace

TEST_CASE("a report of another plugin comes in as a draft with its files, and goes the usual way",
          "[publications][deposits]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      publications::Archive a(database);
      auto* archive = a.site.host("contacts").service<toimela::Archive>();
      REQUIRE(archive);
      const auto report = received(a.host(), "raportti.pdf", publications::pdf());
      const auto table = received(a.host(), "luvut.csv", "kortti;pisteet\n1;2\n");
      const auto path = a.write([&](WriteTx& tx) {
        const Deposit deposit{.title = {.fi = "Trendit Pirkanmaalla"},
                              .abstract = {.fi = "Mitä kortit kertoivat."},
                              .region = publications::kPirkanmaa,
                              .files = {files::keep(tx, report, {}), files::keep(tx, table, {})},
                              .isAccessible = true};
        return archive->deposit(tx, deposit);
      });
      constexpr Sql kAudited{"test.audited",
                             "SELECT CAST(COUNT(*) AS BIGINT) FROM core_audit WHERE action LIKE 'publications.%'"};
      // The draft and its two files.
      CHECK(a.read([&](ReadTx& tx) { return tx.value<std::int64_t>(kAudited); }) == 3);
      const auto id = publications::PublicationId{std::stoll(path.substr(path.rfind('/') + 1))};
      const auto draft = a.find(id);
      CHECK(draft.state == publications::State::draft);
      CHECK(draft.region == publications::kPirkanmaa);
      CHECK(draft.licence == publications::Licence::reserved);
      const auto parts = a.parts(id);
      REQUIRE(parts.size() == 2);
      CHECK(parts[0].role == publications::PartRole::main);
      CHECK(parts[0].newest().name == "raportti.pdf");
      CHECK(parts[0].isAccessible);
      CHECK(parts[1].role == publications::PartRole::supplement);
      CHECK_FALSE(parts[1].isAccessible);

      CHECK(a.site.visitor().get("/fi" + path).status == 404);
      CHECK(a.editor.get("/fi" + path).status == 200);
      // The form takes what the deposit made.
      CHECK(a.editor.get("/fi" + path + "/edit").status == 200);
      CHECK_FALSE(a.take(id, publications::Move::publish));
      CHECK(a.site.visitor().get("/fi" + path).status == 200);
    }
  }
}

TEST_CASE("the archive takes from those who write in a region where it is on", "[publications][deposits]") {
  publications::Archive a(testing::databases().front());
  auto& host = a.site.host("contacts");
  auto* archive = host.service<toimela::Archive>();
  REQUIRE(archive);
  const Actor writer = contactPersonOf(publications::kPirkanmaa, a.site.person("Eeva", "Kirjoittaja"));
  CHECK(archive->takesFrom(host, writer, publications::kPirkanmaa));
  CHECK_FALSE(archive->takesFrom(host, writer, std::nullopt));
  CHECK_FALSE(archive->takesFrom(host, writer, publications::region("19")));
  CHECK_FALSE(archive->takesFrom(host, Actor{}, publications::kPirkanmaa));
  a.site.switchPlugin("publications", "06", false);
  a.site.visitor().get("/fi");  // the next request sees the switch
  CHECK_FALSE(archive->takesFrom(host, writer, publications::kPirkanmaa));
}
