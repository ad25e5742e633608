// What those who run the service do with it: save, restore, look after it.
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "backup/archive.h"
#include "certificate.h"
#include "demo_site.h"

namespace toimela::program_tests {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Settings onto(const testing::FreshDatabase& database, const Folder& data) {
  return {{"database", database.url}, {"data", data.path().string()}};
}

const std::string kUpload("\0 an upload \xff", 13);

/// Tables and files as name, rows and digest, to compare two backups by.
std::map<std::string, std::string> contentOf(const fs::path& file) {
  const backup::ArchiveReader archive(file);
  std::map<std::string, std::string> content;
  for (const auto& table : archive.manifest().tables)
    content[table.name] = std::to_string(table.rows) + " rows, next after " + std::to_string(table.lastNumber) +
                          ", " + table.sha256;
  for (const auto& entry : archive.manifest().files) content["files/" + entry.path] = entry.sha256;
  return content;
}

/// How many lines of a table of the backup have the text.
int linesWith(const fs::path& file, const std::string& table, const std::string& text) {
  backup::ArchiveReader archive(file);
  int count = 0;
  for (const auto& entry : archive.manifest().tables)
    if (entry.name == table) archive.eachLine(entry, [&](const std::string& line) { count += has(line, text); });
  return count;
}

/// People who add organisations for as long as this object lives.
class Writers {
 public:
  Writers(const Server& server, Backstage& backstage, const DemoSite& site) {
    const auto admin = backstage.idOf(site.account("national_admin").email);
    for (int i = 0; i < 4; ++i)
      threads_.emplace_back([this, browser = backstage.signedIn(server, admin)]() mutable {
        while (!stopping_)
          written_ += browser
                          .post("/fi/admin/organisations/new?region=pirkanmaa",
                                {{"name_fi", "Kesken varmuuskopion ry"}, {"sector", "association"}})
                          .status == 303;
      });
  }
  ~Writers() { stop(); }
  void stop() {
    stopping_ = true;
    for (std::thread& thread : threads_)
      if (thread.joinable()) thread.join();
  }
  int written() const { return written_; }

 private:
  std::atomic<bool> stopping_{false};
  std::atomic<int> written_{0};
  std::vector<std::thread> threads_;
};

TEST_CASE("a backup taken while people write is of one moment, and comes back the same in either database") {
  for (const DemoSite& site : demoSites()) {
    INFO("from " << site.kind());
    Backstage backstage(site);
    writeFile(site.folder() / "files" / "ab" / "abcdef", kUpload);
    writeFile(site.folder() / "files" / "cd" / "empty", "");
    const auto audited = backstage.number(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM core_audit WHERE action = 'core.organisation.add'");
    Folder shelf;
    const std::string file = shelf.file("backup.zip");
    {
      Server server(site.settings());
      Writers writers(server, backstage, site);
      REQUIRE(eventually([&] { return writers.written() > 20; }));
      const int before = writers.written();
      const Ended saved = runToEnd({"backup", file}, site.settings());
      INFO(saved.err);
      REQUIRE(saved.code == 0);
      REQUIRE(eventually([&] { return writers.written() > before + 20; }));
      writers.stop();
      CHECK(server.stop() == 0);

      // Of one moment: what one transaction wrote into two tables is in both or in neither.
      const int organisations = linesWith(file, "core_organisation", "Kesken varmuuskopion ry");
      CHECK(organisations >= before);
      CHECK(organisations < writers.written());
      CHECK(linesWith(file, "core_audit", "core.organisation.add") == audited + organisations);
    }
    struct stat rights {};
    REQUIRE(::stat(file.c_str(), &rights) == 0);
    CHECK((rights.st_mode & 0777) == 0600);

    for (const auto& target : testing::databases()) {
      INFO("into " << target.name);
      Folder data;
      const Ended restored = runToEnd({"restore", file}, onto(target, data));
      INFO(restored.err);
      REQUIRE(restored.code == 0);
      const std::string again = shelf.file("again-" + target.name + ".zip");
      REQUIRE(runToEnd({"backup", again}, onto(target, data)).code == 0);
      CHECK(contentOf(again) == contentOf(file));
      CHECK(readFile(data.path() / "files" / "ab" / "abcdef") == kUpload);
      CHECK(fs::exists(data.path() / "files" / "cd" / "empty"));
    }
  }
}

TEST_CASE("a restored service serves its people and never gives a number twice") {
  for (const DemoSite& site : demoSites()) {
    INFO("from " << site.kind());
    Backstage before(site);
    // The newest has gone, and its number with it.
    const auto gone = before.insert(
        "INSERT INTO core_audit (at, action, object, detail) VALUES (1, 'test.gone', 'test:1', '{}') RETURNING id");
    before.run("DELETE FROM core_audit WHERE action = 'test.gone'");
    // One that is revoked after the backup must not come back with it.
    REQUIRE(runToEnd({"token", "create", "--email", site.account("contact_person").email, "--name", "kirjasto",
                      "--scope", "contacts:read"},
                     site.settings())
                .code == 0);
    Folder shelf;
    REQUIRE(runToEnd({"backup", shelf.file("b.zip")}, site.settings()).code == 0);
    for (const auto& target : testing::databases()) {
      INFO("into " << target.name);
      Folder data;
      REQUIRE(runToEnd({"restore", shelf.file("b.zip")}, onto(target, data)).code == 0);
      Server server(onto(target, data));
      Browser browser(server);
      const Account& account = site.account("national_admin");
      REQUIRE(browser.signIn(account.email, account.password).status == 303);
      CHECK(browser.get("/fi/regions/pirkanmaa/contacts").status == 200);
      REQUIRE(browser
                  .post("/fi/admin/organisations/new?region=pirkanmaa",
                        {{"name_fi", "Palautuksen jälkeen ry"}, {"sector", "association"}})
                  .status == 303);
      data::Database database({.url = target.url, .connections = 1});
      constexpr Sql kTokens{"test.tokens", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_token"};
      CHECK(database.get([&](ReadTx& tx) { return tx.value<std::int64_t>(kTokens); }) == 0);
      constexpr Sql kNewest{"test.newest", "SELECT CAST(MAX(id) AS BIGINT) FROM core_audit"};
      CHECK(database.get([&](ReadTx& tx) { return tx.value<std::int64_t>(kNewest); }) > gone);
      CHECK(server.stop() == 0);
    }
  }
}

TEST_CASE("nothing is restored over what is there") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Folder shelf;
    const std::string file = shelf.file("b.zip");
    REQUIRE(runToEnd({"backup", file}, site.settings()).code == 0);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"restore", file}, {"restore", file, "--into-empty"}}) {
      const Ended refused = runToEnd(words, site.settings());
      CHECK(refused.code == 1);
      CHECK(has(refused.err, "already"));
      REQUIRE(runToEnd({"backup", shelf.file("after.zip")}, site.settings()).code == 0);
      CHECK(contentOf(shelf.file("after.zip")) == contentOf(file));
      fs::remove(shelf.file("after.zip"));
    }
    // Nor over a backup.
    const std::string bytes = readFile(file);
    const Ended second = runToEnd({"backup", file}, site.settings());
    CHECK(second.code == 1);
    CHECK(has(second.err, "is there already"));
    CHECK(readFile(file) == bytes);
  }
}

TEST_CASE("a service that was started and never used is filled only when that is said") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Folder shelf;
    const std::string file = shelf.file("b.zip");
    REQUIRE(runToEnd({"backup", file}, site.settings()).code == 0);
    for (const auto& target : testing::databases()) {
      Folder data;
      REQUIRE(runToEnd({"migrate"}, onto(target, data)).code == 0);
      const Ended refused = runToEnd({"restore", file}, onto(target, data));
      CHECK(refused.code == 1);
      CHECK(has(refused.err, "--into-empty"));
      const Ended restored = runToEnd({"restore", file, "--into-empty"}, onto(target, data));
      INFO(restored.err);
      CHECK(restored.code == 0);
      const std::string again = shelf.file("again-" + target.name + ".zip");
      REQUIRE(runToEnd({"backup", again}, onto(target, data)).code == 0);
      CHECK(contentOf(again) == contentOf(file));
    }
  }
}

TEST_CASE("a backup that is cut, changed or no backup at all is refused before anything is touched") {
  const DemoSite site = demoSite();
  Folder shelf;
  const std::string file = shelf.file("b.zip"), bad = shelf.file("bad.zip");
  REQUIRE(runToEnd({"backup", file}, site.settings()).code == 0);
  const Ended sound = runToEnd({"restore", file, "--check"}, site.settings());
  CHECK(sound.code == 0);
  CHECK(has(sound.out, "Sound: "));
  const std::string bytes = readFile(file);
  std::vector<std::string> broken{"", "This is no backup.", bytes.substr(0, bytes.size() / 2),
                                  bytes.substr(0, bytes.size() - 100)};
  for (std::size_t at = bytes.size() / 10; at < bytes.size() * 9 / 10; at += bytes.size() / 10) {
    // More than the header of an entry, so that some content is hit wherever it is.
    broken.push_back(bytes);
    for (std::size_t i = at; i < at + 256; ++i) broken.back()[i] = static_cast<char>(broken.back()[i] ^ 0x55);
  }
  for (const std::string& text : broken) {
    INFO(text.size() << " bytes of " << bytes.size());
    writeFile(bad, text);
    for (const auto& target : testing::databases()) {
      Folder data;
      const Ended refused = runToEnd({"restore", bad}, onto(target, data));
      INFO(refused.err);
      CHECK(refused.code == 1);
      CHECK(has(refused.err, "toimela: "));
      CHECK(std::count(refused.err.begin(), refused.err.end(), '\n') == 1);
      // It is still good for the whole one.
      const Ended status = runToEnd({"migrate", "--status"}, onto(target, data));
      CHECK_FALSE(has(status.out, ": applied"));
    }
    CHECK(runToEnd({"restore", bad, "--check"}, site.settings()).code == 1);
  }
}

TEST_CASE("without room there is no backup, and no half of one") {
  const DemoSite site = demoSite();
  Folder shelf;
  const std::string file = shelf.file("b.zip");
  // Room for SQLite's own bookkeeping, but not for the archive.
  Child child({programPath(), "backup", file}, withFolders(site.settings()), {.largestFile = 33'000});
  CHECK(child.wait() == 1);
  INFO(child.err());
  CHECK(has(child.err(), "can not be written"));
  CHECK(fs::is_empty(shelf.path()));
}

TEST_CASE("a backup with a plugin's data needs that plugin") {
  const DemoSite site = demoSite();
  Folder shelf, none;
  const std::string file = shelf.file("b.zip");
  REQUIRE(runToEnd({"backup", file}, site.settings()).code == 0);
  for (const auto& target : testing::databases()) {
    Folder data;
    Settings settings = onto(target, data);
    settings["plugins"] = none.path().string();
    const Ended refused = runToEnd({"restore", file}, settings);
    CHECK(refused.code == 1);
    CHECK(has(refused.err, "plugin contacts, which is not installed"));
  }
}

/// The doctor's line about one part.
std::string lineOf(const Ended& ended, const std::string& what) {
  std::istringstream lines(ended.out);
  for (std::string line; std::getline(lines, line);)
    if (has(line, "  " + what + ": ")) return line;
  return {};
}

TEST_CASE("the doctor finds a sound service sound") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings());
    REQUIRE(eventually([&] { return Browser(server).get("/readyz").status == 200; }));
    const auto looked = [&] {
      return runToEnd({"doctor", "--thorough"}, site.settings({{"base_url", "https://toimela.example"}}));
    };
    // The jobs of a service that has just come up are under way.
    REQUIRE(eventually([&] { return lineOf(looked(), "jobs").starts_with("ok"); }));
    const Ended ended = looked();
    INFO(ended.out);
    CHECK(ended.err == "");
    for (const char* what : {"address", "data folder", "plugins", "database", "tables", "clock"})
      CHECK(lineOf(ended, what).starts_with("ok"));
    // A server for tests may run without fsync, and then that is what must be found.
    const bool unsafe = has(lineOf(ended, "durability"), "fsync is off");
    CHECK(lineOf(ended, "durability").starts_with(unsafe ? "problem" : "ok"));
    CHECK(ended.code == (unsafe ? 1 : 0));
    CHECK(lineOf(ended, "mail server").starts_with("warning"));
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("the doctor names what is wrong and what to do, and goes on looking") {
  const DemoSite site = demoSite();
  SECTION("a database that is away") {
    const Ended ended = runToEnd(
        {"doctor"}, site.settings({{"database", "postgresql://toimela:secret-word@127.0.0.1:1/none"}}));
    CHECK(ended.code == 1);
    CHECK(lineOf(ended, "database").starts_with("problem"));
    CHECK_FALSE(lineOf(ended, "mail server").empty());
    CHECK_FALSE(has(ended.out + ended.err, "secret-word"));
  }
  SECTION("a folder that is not there, and one that others may read") {
    const Ended missing = runToEnd({"doctor"}, site.settings({{"data", "/proc/nowhere"}}));
    CHECK(missing.code == 1);
    CHECK(lineOf(missing, "data folder").starts_with("problem"));
    fs::permissions(site.folder(), fs::perms::others_read, fs::perm_options::add);
    const Ended open = runToEnd({"doctor"}, site.settings());
    CHECK(lineOf(open, "data folder").starts_with("warning"));
    CHECK(has(lineOf(open, "data folder"), "chmod 0700"));
  }
  SECTION("tables that are not there yet") {
    for (const auto& fresh : testing::databases()) {
      Folder data;
      const Ended ended = runToEnd({"doctor"}, onto(fresh, data));
      INFO(ended.out);
      CHECK(lineOf(ended, "tables").starts_with("warning"));
      CHECK(has(lineOf(ended, "tables"), "toimela migrate"));
      CHECK(lineOf(ended, "clock").empty());
    }
  }
  SECTION("a mail server that does not answer, and mail that waits for it") {
    Backstage backstage(site);
    backstage.insert(
        "INSERT INTO core_outbox (message_id, recipient, recipient_name, language, subject, body_text, body_html, "
        "created_at, next_attempt_at, attempts, last_error, unsubscribe) VALUES ('<1@test>', 'a@test.example', 'A', "
        "'fi', 'S', 'T', '', 1000, 0, 3, '', '') RETURNING id");
    const Ended ended = runToEnd({"doctor"}, site.settings({{"smtp", "smtp://127.0.0.1:1"}}));
    CHECK(ended.code == 1);
    CHECK(lineOf(ended, "mail server").starts_with("problem"));
    CHECK(lineOf(ended, "outbox").starts_with("problem"));
    CHECK_FALSE(has(ended.out, "a@test.example"));
  }
  SECTION("a job that fails") {
    Backstage backstage(site);
    backstage.run("INSERT INTO core_job (name, next_run_at, leased_until, last_error) "
                  "VALUES ('contacts.test', 4102444800000, 0, 'it broke')");
    const Ended ended = runToEnd({"doctor"}, site.settings());
    CHECK(ended.code == 1);
    CHECK(has(lineOf(ended, "jobs"), "contacts.test: it broke"));
  }
  SECTION("a change that comes from the future") {
    Backstage backstage(site);
    backstage.insert("INSERT INTO core_audit (at, action, object, detail) "
                     "VALUES (4102444800000, 'test', 'test:1', '{}') RETURNING id");
    CHECK(lineOf(runToEnd({"doctor"}, site.settings()), "clock").starts_with("problem"));
  }
  SECTION("certificates") {
    const auto looked = [&](long seconds) {
      const auto files = testing::makeCertificate(site.folder(), "c", seconds);
      return lineOf(runToEnd({"doctor"}, site.settings({{"tls_certificate", files.certificate}, {"tls_key", files.key}})),
                    "certificate");
    };
    constexpr long kDay = 24 * 3600;
    CHECK(looked(60 * kDay).starts_with("ok"));
    CHECK(looked(10 * kDay).starts_with("warning"));
    CHECK(looked(3 * kDay).starts_with("problem"));
    CHECK(looked(-kDay).starts_with("problem"));
    const auto one = testing::makeCertificate(site.folder(), "one"), two = testing::makeCertificate(site.folder(), "two");
    CHECK(has(lineOf(runToEnd({"doctor"}, site.settings({{"tls_certificate", one.certificate}, {"tls_key", two.key}})),
                     "certificate"),
              "do not belong together"));
  }
  SECTION("a plugin that does not load") {
    Folder plugins;
    writeFile(plugins.path() / "broken" / "plugin.so", "no library");
    const Ended ended = runToEnd({"doctor"}, site.settings({{"plugins", plugins.path().string()}}));
    CHECK(ended.code == 1);
    CHECK(lineOf(ended, "plugin broken").starts_with("problem"));
  }
}

TEST_CASE("the commands of operation explain themselves, and wrong use is exit code 2") {
  Folder data;
  const Settings settings{{"data", data.path().string()}};
  for (const char* command : {"backup", "restore", "doctor"}) {
    const Ended help = runToEnd({command, "--help"}, settings);
    CHECK(help.code == 0);
    CHECK(help.out.starts_with(std::string("Usage: toimela ") + command));
    CHECK(has(help.out, "Exit code: 0"));
    const Ended wrong = runToEnd({command, "one", "two"}, settings);
    CHECK(wrong.code == 2);
    CHECK(has(wrong.err, std::string("Usage: toimela ") + command));
  }
  CHECK(runToEnd({"backup"}, settings).code == 2);
  CHECK(runToEnd({"backup", ""}, settings).code == 2);
  CHECK(runToEnd({"backup", "--fast"}, settings).code == 2);
  CHECK(runToEnd({"restore", "a", "--check", "--into-empty"}, settings).code == 2);
  CHECK(runToEnd({"restore", data.file("nothing.zip")}, settings).code == 1);
  CHECK(runToEnd({"backup", data.file("nothing.zip")}, settings).code == 1);
  CHECK_FALSE(fs::exists(data.file("nothing.zip")));
}

}  // namespace
}  // namespace toimela::program_tests
