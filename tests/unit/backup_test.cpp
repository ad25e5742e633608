// Backups by themselves: the lines of tables, old ones into today's tables, archives that lie.
#include <catch2/catch.hpp>
#include <fstream>

#include "backup/backup.h"
#include "backup/tables.h"
#include "databases.h"
#include "scratch_folder.h"

using namespace toimela;
using namespace toimela::backup;
namespace fs = std::filesystem;

namespace {

const data::Component kCore{"core", fs::path(TOIMELA_SOURCE_FOLDER) / "db" / "migrations"};

}  // namespace

TEST_CASE("rows of every kind of value come out as the same lines and go back unchanged", "[backup]") {
  const std::vector<std::string> kLines{
      R"([-9223372036854775807,null,0.1,""])", R"([0,"Äänekoski \"ja\" \\ muut\nrivi",-1e+300,"x"])",
      R"([1,"𝄞 null",null,"'; DROP TABLE t; --"])", R"([9223372036854775807,"{{x}} :p1 $[0]",2.0,"\u0001"])"};
  const std::vector<std::string> columns{"id", "words", "weight", "rest"};
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    data::Connection connection(data::parseAddress(fresh.url));
    connection.exec("CREATE TABLE core_t (id BIGINT PRIMARY KEY, words TEXT, weight DOUBLE PRECISION, rest TEXT NOT NULL)");
    connection.begin(true);
    const auto tables = tablesOf(connection);
    REQUIRE(tables.size() == 1);
    Filling filling(connection, tables);
    filling.begin(tables[0], columns);
    for (auto line = kLines.rbegin(); line != kLines.rend(); ++line) filling.add(*line);
    filling.end(0);
    filling.finish();
    std::vector<std::string> found;
    eachLine(connection, tables[0], [&](const std::string& line) { found.push_back(line); });
    CHECK(found == kLines);
    connection.rollback();
  }
}

TEST_CASE("many rows are written in pieces, and texts are in the same order everywhere", "[backup]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    data::Connection connection(data::parseAddress(fresh.url));
    connection.exec("CREATE TABLE core_t (name TEXT PRIMARY KEY)");
    connection.begin(true);
    const auto tables = tablesOf(connection);
    Filling filling(connection, tables);
    filling.begin(tables[0], {"name"});
    for (int i = 0; i < 1234; ++i) filling.add("[\"n" + std::to_string(i) + "\"]");
    for (const char* name : {"a", "B", "ä", "_", "Z"}) filling.add(std::string("[\"") + name + "\"]");
    filling.end(0);
    filling.finish();
    std::vector<std::string> found;
    eachLine(connection, tables[0], [&](const std::string& line) { found.push_back(line); });
    CHECK(found.size() == 1239);
    CHECK(std::is_sorted(found.begin(), found.end()));  // byte by byte
    connection.rollback();
  }
}

TEST_CASE("rows may refer to later ones and to each other, but not to nothing", "[backup]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    data::Connection connection(data::parseAddress(fresh.url));
    connection.exec("CREATE TABLE core_b (id BIGINT PRIMARY KEY, parent BIGINT REFERENCES core_b (id))");
    connection.exec("CREATE TABLE core_a (id BIGINT PRIMARY KEY, b BIGINT NOT NULL REFERENCES core_b (id))");
    const auto fill = [&](const std::string& parent) {
      connection.begin(true);
      const auto tables = tablesOf(connection);
      Filling filling(connection, tables);
      filling.begin(tables[0], {"id", "b"});
      filling.add("[1,2]");
      filling.end(0);
      filling.begin(tables[1], {"id", "parent"});
      filling.add("[2," + parent + "]");
      filling.add("[3,2]");
      filling.end(0);
      filling.finish();
    };
    fill("3");
    connection.commit();
    CHECK_THROWS_AS(fill("4"), DatabaseError);
    connection.rollback();
    // And the tables are as strict as they were before.
    CHECK_THROWS_AS(connection.exec("INSERT INTO core_a (id, b) VALUES (7, 99)"), DatabaseError);
  }
}

TEST_CASE("a backup of older tables is brought up to date while it is restored", "[backup]") {
  for (const auto& from : testing::databases()) {
    const testing::ScratchFolder folder;
    const fs::path file = folder.path() / "b.zip";
    data::Database old({.url = from.url, .connections = 2});
    data::migrate(old, kCore, 1);
    data::Connection(data::parseAddress(from.url))
        .exec("INSERT INTO core_outbox (message_id, recipient, recipient_name, language, subject, body_text, "
              "body_html, created_at, next_attempt_at, attempts, last_error) "
              "VALUES ('<1@test>', 'a@test.example', 'A', 'fi', 'S', 'T', '', 1, 1, 0, '')");
    save({old, {kCore}, "/nowhere"}, file);
    for (const auto& to : testing::databases()) {
      INFO(from.name << " to " << to.name);
      data::Database today({.url = to.url, .connections = 2});
      restore({today, {kCore}, folder.path() / "files"}, file, Target::untouched);
      for (const auto& state : data::migrationStates(today, kCore))
        CHECK(state.status == data::MigrationState::Status::applied);
      constexpr Sql kMail{"test.mail", "SELECT recipient FROM core_outbox WHERE unsubscribe = ''"};
      CHECK(today.get([&](ReadTx& tx) { return tx.value<std::string>(kMail); }) == "a@test.example");
    }
  }
}

TEST_CASE("an archive that does not fit is refused and leaves the database without content", "[backup]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    const toimela::testing::ScratchFolder folder;
    const fs::path file = folder.path() / "b.zip";
    data::Database database({.url = fresh.url, .connections = 2});
    const Place place{database, {kCore}, folder.path() / "files"};
    const auto archive = [&](std::map<std::string, int> components, const TableEntry& table,
                             const std::string& line) {
      fs::remove(file);
      ArchiveWriter writer(file);
      writer.table(table, [&](const auto& add) { add(line); });
      writer.finish({.version = "9", .database = "sqlite", .madeAt = "", .components = std::move(components)});
    };
    const TableEntry region{.name = "core_secret", .columns = {"name", "value"}};
    const auto refuses = [&](const std::string& words) {
      try {
        restore(place, file, Target::withoutData);
        FAIL("restored");
      } catch (const std::runtime_error& e) {
        CHECK_THAT(e.what(), Catch::Contains(words));
      }
    };
    archive({{"core", 99}}, region, R"(["a","b"])");
    refuses("made by a newer version of core");
    archive({{"core", 1}, {"events", 1}}, region, R"(["a","b"])");
    refuses("plugin events, which is not installed");
    archive({{"core", 1}}, {.name = "core_nothing", .columns = {"a"}}, "[1]");
    refuses("core_nothing");
    archive({{"core", 1}}, {.name = "core_secret", .columns = {"name", "colour"}}, R"(["a","b"])");
    refuses("no column colour");
    archive({{"core", 1}}, region, R"(["a",null])");
    refuses("backup.fill.core_secret");
    archive({{"core", 1}}, {.name = "core_membership", .columns = {"id"}}, "[1]");
    refuses("backup.fill.core_membership");
    constexpr Sql kCount{"test.count", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_secret"};
    CHECK(database.get([&](ReadTx& tx) { return tx.value<std::int64_t>(kCount); }) == 0);
  }
}

TEST_CASE("a manifest can not lead a file out of its folder", "[backup]") {
  for (const char* path : {"../x", "/etc/x", "a/../../x", "", "a/./b"}) {
    Manifest manifest;
    manifest.files.push_back({path, 1, "00"});
    CHECK_THROWS_AS(Manifest::parse(manifest.json()), BackupError);
  }
  Manifest manifest;
  manifest.files.push_back({"ab/abcdef", 1, "00"});
  CHECK(Manifest::parse(manifest.json()).files.size() == 1);
  CHECK_THROWS_AS(Manifest::parse("{}"), BackupError);
  CHECK_THROWS_AS(Manifest::parse(R"({"format": 2})"), BackupError);
}
