// The demonstration content on a fresh database of each kind, and a way behind the scenes: people,
// grants and sessions made without the pages that a test is about.
#pragma once

#include <libpq-fe.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <set>

#include "access/sessions.h"
#include "access/tokens.h"
#include "client.h"
#include "data/database.h"
#include "toimela/testing.h"

namespace toimela::program_tests {

struct Account {
  std::string email, password, role, scope;
};

/// One statement on a PostgreSQL server; throws when it fails.
inline void runOnServer(const std::string& url, const std::string& sql) {
  PGconn* connection = PQconnectdb(url.c_str());
  PGresult* result = PQexec(connection, sql.c_str());
  const auto status = PQresultStatus(result);
  const std::string message = PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    throw std::runtime_error(sql + ": " + message);
}

inline std::string serverUrl() {
  const char* url = std::getenv("TOIMELA_TEST_POSTGRESQL");
  return url ? url : "";
}

class DemoSite {
 public:
  DemoSite(testing::FreshDatabase database, const fs::path& accounts)
      : database_(std::move(database)) {
    for (const auto& entry : nlohmann::json::parse(readFile(accounts)))
      accounts_.push_back(
          {entry.at("email"), entry.at("password"), entry.at("role"), entry.at("scope")});
    const fs::path files = accounts.parent_path() / "files";
    if (fs::exists(files)) fs::copy(files, folder() / "files", fs::copy_options::recursive);
  }

  const std::string& kind() const { return database_.name; }
  const std::string& url() const { return database_.url; }
  const fs::path& folder() const { return data_->path(); }
  const std::vector<Account>& accounts() const { return accounts_; }
  const Account& account(std::string_view role) const {
    for (const Account& account : accounts_)
      if (account.role == role) return account;
    throw std::runtime_error("no demonstration account of the role " + std::string(role));
  }
  /// What `toimela serve` needs to run on this database.
  Settings settings(Settings more = {}) const {
    more.try_emplace("database", database_.url);
    more.try_emplace("data", data_->path().string());
    return more;
  }

 private:
  testing::FreshDatabase database_;
  std::shared_ptr<Folder> data_ = std::make_shared<Folder>();
  std::vector<Account> accounts_;
};

/// The original of each kind, loaded once for the test program by `toimela demo`; never served.
struct DemoOriginal {
  explicit DemoOriginal(testing::FreshDatabase fresh) : database(std::move(fresh)) {
    const Ended ended =
        runToEnd({"demo"}, {{"database", database.url}, {"data", data.path().string()}});
    if (ended.code != 0) throw std::runtime_error("toimela demo failed:\n" + ended.err);
  }
  testing::FreshDatabase database;
  Folder data;
};

inline const std::vector<std::unique_ptr<DemoOriginal>>& demoOriginals() {
  static const auto originals = [] {
    std::vector<std::unique_ptr<DemoOriginal>> made;
    for (auto& fresh : testing::databases()) made.push_back(std::make_unique<DemoOriginal>(fresh));
    return made;
  }();
  return originals;
}

inline testing::FreshDatabase copyOf(const testing::FreshDatabase& original) {
  if (original.name == "sqlite") {
    auto folder = std::make_shared<Folder>();
    const std::string from = original.url.substr(7), to = folder->file("toimela.db");
    for (const char* part : {"", "-wal"})
      if (fs::exists(from + part)) fs::copy_file(from + part, to + part);
    return {"sqlite", "sqlite:" + to, folder};
  }
  static std::atomic<int> count{0};
  const std::string name =
      "toimela_program_" + std::to_string(getpid()) + "_" + std::to_string(++count);
  runOnServer(serverUrl(), "CREATE DATABASE " + name + " TEMPLATE " +
                               original.url.substr(original.url.rfind('/') + 1));
  std::shared_ptr<void> lifetime(new int, [name](void* p) {
    delete static_cast<int*>(p);
    try {
      runOnServer(serverUrl(), "DROP DATABASE " + name + " WITH (FORCE)");
    } catch (const std::exception&) {
      // The server goes with the test run; a database left behind goes with it.
    }
  });
  return {"postgresql", serverUrl().substr(0, serverUrl().rfind('/') + 1) + name, lifetime};
}

/// A site of its own on every kind of database.
inline std::vector<DemoSite> demoSites() {
  std::vector<DemoSite> sites;
  for (const auto& original : demoOriginals())
    sites.emplace_back(copyOf(original->database), original->data.path() / "demo-accounts.json");
  return sites;
}
/// For what does not depend on the database.
inline DemoSite demoSite() {
  const auto& original = demoOriginals().front();
  return {copyOf(original->database), original->data.path() / "demo-accounts.json"};
}

/// Arranges things in a site's database and looks at what became of it.
class Backstage {
 public:
  explicit Backstage(const DemoSite& site) : database_({.url = site.url(), .connections = 2}) {}

  std::int64_t number(std::string_view sql) {
    const Sql statement = named(sql);
    return database_.get([&](ReadTx& tx) { return tx.value<std::int64_t>(statement); });
  }
  std::string text(std::string_view sql) {
    const Sql statement = named(sql);
    return database_.get([&](ReadTx& tx) { return tx.value<std::string>(statement); });
  }
  std::vector<std::string> texts(std::string_view sql) {
    const Sql statement = named(sql);
    return database_.get(
        [&](ReadTx& tx) { return tx.all(statement, [](std::string v) { return v; }); });
  }
  void run(std::string_view sql) {
    const Sql statement = named(sql);
    write([&](WriteTx& tx) { tx.run(statement); });
  }
  std::int64_t insert(std::string_view sql) {
    const Sql statement = named(sql);
    std::int64_t id = 0;
    write([&](WriteTx& tx) { id = tx.value<std::int64_t>(statement); });
    return id;
  }

  std::int64_t person(const std::string& name) {
    const std::string email = name + "@test.example";
    return insert(
        "INSERT INTO core_person (given_name, family_name, email, email_key, phone, language, "
        "created_at, "
        "revision) VALUES ('Test', '" +
        name + "', '" + email + "', '" + email + "', '', 'fi', 0, 1) RETURNING id");
  }
  std::int64_t grant(std::int64_t person, const std::string& role, const std::string& region,
                     const std::string& organisation, const std::string& from = "2020-01-01",
                     const std::string& to = "") {
    const auto quoted = [](const std::string& value) {
      return value.empty() ? "NULL" : "'" + value + "'";
    };
    return insert(
        "INSERT INTO core_grant (person_id, role, region, organisation_id, valid_from, valid_to, "
        "created_at) "
        "VALUES (" +
        std::to_string(person) + ", '" + role + "', " + quoted(region) + ", " +
        (organisation.empty() ? "NULL" : organisation) + ", '" + from + "', " + quoted(to) +
        ", 0) RETURNING id");
  }
  /// The cookie of a new session of the person.
  std::string session(std::int64_t person) {
    std::string token;
    write([&](WriteTx& tx) { token = access::openSession(tx, PersonId{person}, "Test"); });
    return token;
  }
  /// A new access token of the person.
  std::string token(std::int64_t person, const std::vector<std::string>& scopes,
                    const std::string& name) {
    std::string token;
    write([&](WriteTx& tx) {
      token = std::get<access::TokenMade>(access::makeToken(tx, PersonId{person}, {name, scopes, 1}))
                  .token;
    });
    return token;
  }
  Browser signedIn(const Server& server, std::int64_t person) {
    Browser browser(server);
    browser.setCookie("toimela", session(person));
    return browser;
  }
  /// Somebody of the demonstration content.
  std::int64_t idOf(const std::string& email) {
    return number("SELECT id FROM core_person WHERE email_key = '" + email + "'");
  }
  Browser signedIn(const Server& server, const Account& account) {
    return signedIn(server, idOf(account.email));
  }

 private:
  void write(const std::function<void(WriteTx&)>& work) {
    database_.write({}, [&](WriteTx& tx) {
      work(tx);
      tx.unaudited("a test arranges");
    });
  }
  /// Statements are kept by name and need text that stays.
  Sql named(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) found = statements_.insert(std::string(sql)).first;
    return {*found, *found};
  }

  std::set<std::string, std::less<>> statements_;
  data::Database database_;
};

}  // namespace toimela::program_tests
