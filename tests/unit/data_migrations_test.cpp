#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "data/generation.h"
#include "data/migrations.h"
#include "databases.h"
#include "toimela/bookkeeping.h"

using namespace toimela;
namespace fs = std::filesystem;

namespace {

constexpr Sql kHasTable{"test.has_table",
                        "SELECT CAST(COUNT(*) AS BIGINT) FROM sqlite_master WHERE name = :name",
                        "SELECT CAST(COUNT(*) AS BIGINT) FROM information_schema.tables WHERE table_schema = "
                        "current_schema() AND table_name = :name"};

struct Folder {
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "toimela-migrations-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& sql) const { std::ofstream(path / name) << sql; }
  data::Component component() const { return {"zoo", path}; }
  fs::path path;
};

bool hasTable(data::Database& database, std::string_view name) {
  return database.get([&](ReadTx& tx) { return tx.value<std::int64_t>(kHasTable, name); }) == 1;
}

}  // namespace

TEST_CASE("migrations run in order, each once, and say what they are") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    data::Database database({.url = fresh.url});
    Folder folder;
    folder.write("0001_animals.sql", "CREATE TABLE zoo_animal (id ${ID}, name TEXT); CREATE TABLE zoo_cage (id ${ID});");
    data::migrate(database, folder.component());
    folder.write("0002_keepers.sql", "INSERT INTO zoo_animal (name) VALUES ('fox'); CREATE TABLE zoo_keeper (id ${ID});");
    CHECK(data::migrationStates(database, folder.component()).back().status == data::MigrationState::Status::pending);
    data::migrate(database, folder.component());
    data::migrate(database, folder.component());
    constexpr Sql kAnimals{"test.animals", "SELECT CAST(COUNT(*) AS BIGINT) FROM zoo_animal"};
    CHECK(database.get([&](ReadTx& tx) { return tx.value<std::int64_t>(kAnimals); }) == 1);
    for (const auto& state : data::migrationStates(database, folder.component()))
      CHECK(state.status == data::MigrationState::Status::applied);
  }
}

TEST_CASE("a migration that fails leaves the database as it was, those before it in the run too") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    data::Database database({.url = fresh.url});
    Folder folder;
    folder.write("0001_good.sql", "CREATE TABLE zoo_animal (id ${ID});");
    folder.write("0002_bad.sql", "CREATE TABLE zoo_cage (id ${ID}); INSERT INTO zoo_nowhere VALUES (1);");
    CHECK_THROWS_AS(data::migrate(database, folder.component()), data::MigrationFailed);
    CHECK_FALSE(hasTable(database, "zoo_animal"));
    CHECK_FALSE(hasTable(database, "zoo_cage"));
    CHECK_FALSE(hasTable(database, "zoo_migration"));
  }
}

TEST_CASE("an applied migration that has changed, a gap and a foreign table are refused") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    data::Database database({.url = fresh.url});
    Folder folder;
    folder.write("0001_good.sql", "CREATE TABLE zoo_animal (id ${ID});");
    data::migrate(database, folder.component());
    folder.write("0001_good.sql", "CREATE TABLE zoo_animal (id ${ID}, more TEXT);");
    CHECK_THROWS_WITH(data::migrate(database, folder.component()), Catch::Contains("has changed"));
    folder.write("0001_good.sql", "CREATE TABLE zoo_animal (id ${ID});");
    folder.write("0003_gap.sql", "");
    CHECK_THROWS_WITH(data::migrate(database, folder.component()), Catch::Contains("2 is missing"));
    fs::remove(folder.path / "0003_gap.sql");
    folder.write("0002_foreign.sql", "CREATE TABLE garden_tree (id ${ID});");
    CHECK_THROWS_WITH(data::migrate(database, folder.component()), Catch::Contains("garden_tree lacks the prefix"));
    CHECK_FALSE(hasTable(database, "garden_tree"));
  }
}

TEST_CASE("two processes that start at once migrate once") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Folder folder;
    folder.write("0001_animals.sql", "CREATE TABLE zoo_animal (id ${ID});");
    data::Database one({.url = fresh.url}), two({.url = fresh.url});
    std::exception_ptr problem;
    std::thread other([&] {
      try {
        data::migrate(two, folder.component());
      } catch (...) {
        problem = std::current_exception();
      }
    });
    data::migrate(one, folder.component());
    other.join();
    CHECK(problem == nullptr);
    CHECK(hasTable(one, "zoo_animal"));
  }
}

TEST_CASE("a committed change raises its component's generation, audited or not, bookkeeping does not") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    auto database = testing::openMigrated(fresh);
    auto generation = [&](std::string_view component) {
      return database->get([](ReadTx& tx) { return data::readGenerations(tx); }).component(component);
    };
    const auto before = generation("contacts");
    const AuditEntry entry{.action = "test", .object = "test:1", .region = {}, .organisation = {}};
    database->write({{}, "contacts"}, [&](WriteTx& tx) { tx.audit(entry); });
    CHECK(generation("contacts") == before + 1);
    // Nothing was changed.
    database->write({{}, "contacts"}, [&](WriteTx& tx) { tx.unaudited("nothing to see"); });
    CHECK(generation("contacts") == before + 1);
    constexpr Sql kChange{"test.change", "INSERT INTO core_broadcast (at, topic, frame) VALUES (0, 't', 'f')"};
    database->write({{}, "contacts"}, [&](WriteTx& tx) {
      tx.run(kChange);
      bookkeeping(tx, "no page tells of it");
    });
    CHECK(generation("contacts") == before + 1);
    database->write({{}, "contacts"}, [&](WriteTx& tx) {
      tx.run(kChange);
      tx.unaudited("nobody did it");
    });
    CHECK(generation("contacts") == before + 2);
    // What is shown wins over what is not.
    database->write({{}, "contacts"}, [&](WriteTx& tx) {
      tx.run(kChange);
      bookkeeping(tx, "no page tells of it");
      tx.unaudited("nobody did it");
    });
    CHECK(generation("contacts") == before + 3);
    CHECK(generation("events") == 0);
  }
}

TEST_CASE("another process's change is known as soon as the watch is freshened") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    auto here = testing::openMigrated(fresh);
    auto there = testing::openMigrated(fresh);
    data::GenerationWatch watch(*here);
    auto freshen = [&] {
      std::mutex mutex;
      std::condition_variable done;
      bool ready = false;
      watch.freshen([&] {
        std::lock_guard lock(mutex);
        ready = true;
        done.notify_one();
      });
      std::unique_lock lock(mutex);
      done.wait(lock, [&] { return ready; });
      return watch.current()->component("contacts");
    };
    CHECK(freshen() == 0);
    for (int i = 1; i <= 20; ++i) {
      there->write({{}, "contacts"}, [](WriteTx& tx) {
        tx.audit({.action = "test", .object = "test:1", .region = {}, .organisation = {}});
      });
      CHECK(freshen() == i);
    }
  }
}

TEST_CASE("a migration of PostgreSQL may take its time, what comes after it may not", "[data]") {
  constexpr Sql kLimits{"test.limits", "SELECT '0/0'",
                        "SELECT current_setting('statement_timeout') || '/' || current_setting('lock_timeout')"};
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    data::Database database({.url = fresh.url, .connections = 1});
    const auto limits = [&](ReadTx& tx) { return tx.value<std::string>(kLimits); };
    std::string during;
    database.migrate([&](data::MigrationTx& tx) { during = limits(tx.read()); });
    CHECK(during == "0/0");
    if (fresh.name == "postgresql") CHECK(database.get(limits) == "15s/8s");
  }
}
