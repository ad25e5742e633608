// Databases as earlier programs left them (tests/fixtures/upgrades) come up to date with all they hold.
#include <sqlite3.h>
#include <zlib.h>

#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

using Row = std::vector<std::string>;

/// A database without the program in between: statements as they stand, each value as its text.
class Plain {
 public:
  virtual ~Plain() = default;
  /// The rows of the last statement.
  virtual std::vector<Row> ask(const std::string& sql) = 0;
  virtual std::vector<Row> columns() = 0;  ///< table and name of each, in their order

  std::string value(const std::string& sql) {
    const auto rows = ask(sql);
    return rows.empty() ? std::string() : rows.front().front();
  }
};

class PlainSqlite : public Plain {
 public:
  explicit PlainSqlite(const std::string& url) {
    if (sqlite3_open(url.substr(7).c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("can not open " + url);
  }
  ~PlainSqlite() override { sqlite3_close(handle_); }
  PlainSqlite(const PlainSqlite&) = delete;
  PlainSqlite& operator=(const PlainSqlite&) = delete;

  std::vector<Row> ask(const std::string& sql) override {
    std::vector<Row> rows;
    const auto add = [](void* to, int count, char** values, char**) {
      Row& row = static_cast<std::vector<Row>*>(to)->emplace_back();
      for (int i = 0; i < count; ++i) row.emplace_back(values[i] ? values[i] : "(nothing)");
      return 0;
    };
    if (sqlite3_exec(handle_, sql.c_str(), add, &rows, nullptr) != SQLITE_OK)
      throw std::runtime_error(sql.substr(0, 200) + ": " + sqlite3_errmsg(handle_));
    return rows;
  }
  std::vector<Row> columns() override {
    return ask("SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
               "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid");
  }

 private:
  sqlite3* handle_ = nullptr;
};

class PlainPostgresql : public Plain {
 public:
  explicit PlainPostgresql(const std::string& url) : connection_(PQconnectdb(url.c_str())) {}
  ~PlainPostgresql() override { PQfinish(connection_); }
  PlainPostgresql(const PlainPostgresql&) = delete;
  PlainPostgresql& operator=(const PlainPostgresql&) = delete;

  std::vector<Row> ask(const std::string& sql) override {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection_, sql.c_str()), PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
      throw std::runtime_error(sql.substr(0, 200) + ": " + PQerrorMessage(connection_));
    std::vector<Row> rows(static_cast<std::size_t>(PQntuples(result.get())));
    for (int i = 0; i < PQntuples(result.get()); ++i)
      for (int j = 0; j < PQnfields(result.get()); ++j)
        rows[static_cast<std::size_t>(i)].emplace_back(
            PQgetisnull(result.get(), i, j) ? "(nothing)" : PQgetvalue(result.get(), i, j));
    return rows;
  }
  std::vector<Row> columns() override {
    return ask("SELECT table_name, column_name FROM information_schema.columns "
               "WHERE table_schema = 'public' ORDER BY table_name, ordinal_position");
  }

 private:
  PGconn* connection_;
};

std::unique_ptr<Plain> plainly(const testing::FreshDatabase& database) {
  if (database.name == "sqlite") return std::make_unique<PlainSqlite>(database.url);
  return std::make_unique<PlainPostgresql>(database.url);
}

std::string unpacked(const fs::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) throw std::runtime_error(path.string() + " is not there");
  std::string text;
  std::array<char, 64 * 1024> buffer;
  for (int got; (got = gzread(file.get(), buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(got));
  return text;
}

/// What a table held, in the columns that it had.
struct Held {
  std::string columns;  ///< as SQL has them: "id", "name"
  std::vector<Row> rows;
};

std::vector<Row> rowsOf(Plain& plain, const std::string& table, const std::string& columns) {
  auto rows = plain.ask("SELECT " + columns + " FROM " + table);
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::map<std::string, Held> heldBy(Plain& plain) {
  std::map<std::string, Held> tables;
  for (const Row& column : plain.columns()) {
    std::string& columns = tables[column[0]].columns;
    columns += (columns.empty() ? "\"" : ", \"") + column[1] + "\"";
  }
  for (auto& [name, held] : tables) held.rows = rowsOf(plain, name, held.columns);
  return tables;
}

/// What is not in `now` of what was there before: the first rows, and how many.
std::string lost(const std::vector<Row>& before, const std::vector<Row>& now) {
  std::vector<Row> gone;
  std::set_difference(before.begin(), before.end(), now.begin(), now.end(), std::back_inserter(gone));
  std::string text;
  for (std::size_t i = 0; i < gone.size() && i < 3; ++i) {
    for (const std::string& value : gone[i]) text += value.substr(0, 60) + " | ";
    text += "\n";
  }
  return gone.empty() ? text : text + std::to_string(gone.size()) + " of " + std::to_string(before.size());
}

/// A database of an earlier program, and a thing of each plugin that it had: its page and its name.
struct Earlier {
  std::string name;
  std::vector<std::string> plugins;
};

struct Thing {
  std::string path, numbers, name;  ///< "/events/", and two statements
};

const std::map<std::string, Thing>& things() {
  static const std::map<std::string, Thing> all{
      {"core", {"/organisations/", "SELECT MIN(id) FROM core_organisation", "SELECT name_fi FROM core_organisation WHERE id = "}},
      {"contacts",
       {"/contacts/networks/", "SELECT MIN(id) FROM contacts_network", "SELECT name_fi FROM contacts_network WHERE id = "}},
      {"events",
       {"/events/", "SELECT MIN(id) FROM events_event WHERE status = 'published' AND visibility = 'everyone'",
        "SELECT title_fi FROM events_event WHERE id = "}},
      {"publications",
       {"/publications/", "SELECT MIN(id) FROM publications_publication WHERE state = 'published' AND title_fi <> ''",
        "SELECT title_fi FROM publications_publication WHERE id = "}},
      {"trendcards",
       {"/trendcards/", "SELECT MIN(deck_id) FROM trendcards_edition WHERE state = 'published' AND language = 'fi'",
        "SELECT MAX(title) FROM trendcards_edition WHERE state = 'published' AND language = 'fi' AND is_plain = 0"
        " AND deck_id = "}}};
  return all;
}

/// Counts that must be the same after the new program has served.
std::vector<std::string> counted(const std::string& plugin) {
  if (plugin == "core") return {"core_person", "core_organisation", "core_grant", "core_membership"};
  if (plugin == "contacts") return {"contacts_network", "contacts_member"};
  if (plugin == "events") return {"events_event", "events_registration", "events_participant", "events_feedback"};
  if (plugin == "publications") return {"publications_publication", "publications_part"};
  return {"trendcards_deck", "trendcards_card", "trendcards_session", "trendcards_ranked"};
}

/// What coming up to date adds to: plugins that are new, the index of names where there was none, and
/// that it was done.
bool grows(const std::string& table) {
  static const std::set<std::string> some{"core_plugin_active", "core_name", "core_word", "core_search_change",
                                          "core_audit"};
  return table.ends_with("_migration") || some.contains(table);
}

void checkUpgrade(const Earlier& earlier, const testing::FreshDatabase& database) {
  INFO(earlier.name << " on " << database.name);
  const auto plain = plainly(database);
  plain->ask(unpacked(fs::path(TOIMELA_SOURCE_FOLDER) / "tests/fixtures/upgrades" /
                      (earlier.name + "." + database.name + ".sql.gz")));
  const auto before = heldBy(*plain);

  const Folder folder;
  writeFile(folder.path() / "accounts" / "demo-accounts.json", "[]");
  const DemoSite site(database, folder.path() / "accounts" / "demo-accounts.json");
  CHECK(runToEnd({"migrate", "--status"}, site.settings()).out.find("pending") != std::string::npos);
  const Ended migrated = runToEnd({"migrate"}, site.settings());
  INFO(migrated.out << migrated.err);
  REQUIRE(migrated.code == 0);
  const Ended status = runToEnd({"migrate", "--status"}, site.settings());
  INFO(status.out << status.err);
  CHECK(status.out.find("pending") == std::string::npos);
  CHECK(status.out.find("changed") == std::string::npos);

  // Whatever a table held it holds, in every column that it had; of migrations there are more now.
  int compared = 0;
  for (const auto& [table, held] : before) {
    INFO(table);
    if (table == "core_generation") continue;  // counts changes
    const auto now = rowsOf(*plain, table, held.columns);
    CHECK(lost(held.rows, now) == "");
    if (!grows(table)) CHECK(now.size() == held.rows.size());
    compared += static_cast<int>(held.rows.size());
  }
  CHECK(compared > 1500);

  const Ended doctor = runToEnd({"doctor"}, site.settings());
  INFO(doctor.out << doctor.err);
  // The servers that tests run on may do without fsync.
  std::istringstream said(doctor.out);
  for (std::string line; std::getline(said, line);)
    CHECK((!line.starts_with("problem") || line.find(" durability:") != std::string::npos));
  CHECK(doctor.out.find("tables: up to date") != std::string::npos);

  Server server(site.settings());
  Backstage backstage(site);
  Browser visitor(server);
  Browser admin = backstage.signedIn(
      server, std::stoll(plain->value("SELECT MIN(person_id) FROM core_grant WHERE role = 'national_admin'")));
  CHECK(admin.get("/fi/admin/people").status == 200);
  CHECK(admin.get("/fi/admin/audit").status == 200);
  for (const std::string plugin : {"core", "contacts", "events", "publications", "trendcards"}) {
    const bool isOld = std::find(earlier.plugins.begin(), earlier.plugins.end(), plugin) != earlier.plugins.end();
    INFO(plugin);
    const Thing& thing = things().at(plugin);
    CHECK(visitor.get("/fi" + thing.path.substr(0, thing.path.find('/', 1))).status == 200);
    if (!isOld) continue;
    const std::string number = plain->value(thing.numbers), name = plain->value(thing.name + number);
    const Answer page = visitor.get("/fi" + thing.path + number);
    CHECK(page.status == 200);
    CHECK(name.size() > 2);
    CHECK(htmlDecoded(page.body).find(name) != std::string::npos);
    for (const std::string& table : counted(plugin))
      CHECK(plain->value("SELECT COUNT(*) FROM " + table) == std::to_string(before.at(table).rows.size()));
  }
  CHECK(visitor.get("/fi").status == 200);
  CHECK(visitor.get("/fi/regions/pirkanmaa").status == 200);
  // The index of names is whole, whoever wrote it: a person is found.
  const std::string family = plain->value("SELECT MAX(family_name) FROM core_person");
  CHECK(eventually([&] { return htmlDecoded(admin.get("/fi/admin/people?q=" + percentEncoded(family)).body).find(family) != std::string::npos; }));
  // What is new can be written beside what is old.
  const std::string region = "/fi/admin/organisations/new?region=pirkanmaa";
  CHECK(admin.post(region, {{"name_fi", "Päivityksen jälkeen ry"}, {"sector", "association"}}).status == 303);
  CHECK(server.stop() == 0);
}

TEST_CASE("a database of an earlier program comes up to date with all it holds", "[upgrade]") {
  const std::vector<Earlier> all{{"contacts", {"core", "contacts"}},
                                 {"networks", {"core", "contacts"}},
                                 {"events", {"core", "contacts", "events"}},
                                 {"publications", {"core", "contacts", "events", "publications"}},
                                 {"trendcards", {"core", "contacts", "events", "publications", "trendcards"}}};
  for (const Earlier& earlier : all)
    for (const testing::FreshDatabase& database : testing::databases()) checkUpgrade(earlier, database);
}

}  // namespace
}  // namespace toimela::program_tests
