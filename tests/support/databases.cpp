#include "databases.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "audit/audit.h"
#include "data/migrations.h"
#include "mail/outbox.h"

namespace toimela::testing {

namespace fs = std::filesystem;

namespace {

FreshDatabase freshSqlite() {
  std::string pattern = (fs::temp_directory_path() / "toimela-test-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  auto folder = std::make_shared<fs::path>(pattern);
  std::shared_ptr<void> lifetime(folder.get(), [folder](void*) {
    std::error_code none;
    fs::remove_all(*folder, none);
  });
  return {"sqlite", "sqlite:" + pattern + "/test.db", lifetime};
}

void runOn(const std::string& server, const std::string& sql) {
  PGconn* connection = PQconnectdb(server.c_str());
  PGresult* result = PQexec(connection, sql.c_str());
  bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
  std::string message = PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
  if (!ok) throw std::runtime_error(sql + ": " + message);
}

FreshDatabase freshPostgresql(const std::string& server) {
  static std::atomic<int> count{0};
  std::string name = "toimela_test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
  runOn(server, "CREATE DATABASE " + name);
  std::string url = server.substr(0, server.rfind('/') + 1) + name;
  std::shared_ptr<void> lifetime(new int, [server, name](void* p) {
    delete static_cast<int*>(p);
    try {
      runOn(server, "DROP DATABASE " + name + " WITH (FORCE)");
    } catch (const std::exception&) {
      // The server goes with the test run; a database left behind goes with it.
    }
  });
  return {"postgresql", url, lifetime};
}

}  // namespace

std::vector<FreshDatabase> databases() {
  std::vector<FreshDatabase> all{freshSqlite()};
  if (const char* server = std::getenv("TOIMELA_TEST_POSTGRESQL")) all.push_back(freshPostgresql(server));
  return all;
}

std::unique_ptr<data::Database> openMigrated(const FreshDatabase& fresh) {
  auto database = std::make_unique<data::Database>(data::Options{.url = fresh.url, .connections = 8});
  data::migrate(*database, {"core", fs::path(TOIMELA_SOURCE_FOLDER) / "db" / "migrations"});
  database->setHooks({
      .audit = [](WriteTx& tx, std::span<const AuditEntry> entries) { audit::record(tx, entries); },
      .letters = [](WriteTx& tx, std::span<const data::QueuedLetter> letters) { mail::queue(tx, letters); },
      .mail = [](WriteTx& tx, const MailMessage& message) { mail::enqueue(tx, message, "example.org"); },
      .publish = {},
      .broadcast = {},
  });
  return database;
}

}  // namespace toimela::testing
