// Starting, stopping and settings, as an administrator meets them.
#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

int lines(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

TEST_CASE("a wrong setting stops the start with one line that names it") {
  Folder data;
  const std::string file = data.file("toimela.conf");
  struct Wrong {
    Settings settings;
    std::vector<std::string> words;
    std::string named;
  };
  writeFile(file, "lissten = 127.0.0.1:0\n");
  for (const Wrong& wrong : std::vector<Wrong>{
           {{{"lissten", "x"}}, {"serve"}, "TOIMELA_LISSTEN"},
           {{{"workers", "many"}}, {"serve"}, "workers"},
           {{{"workers", "0"}}, {"serve"}, "workers"},
           {{{"workers", "8 "}}, {"serve"}, "workers"},
           {{{"database", "mysql://x"}}, {"serve"}, "database"},
           {{{"base_url", "toimela.example"}}, {"serve"}, "base_url"},
           {{{"base_url", "javascript:alert(1)"}}, {"serve"}, "base_url"},
           {{{"log", "xml"}}, {"serve"}, "log"},
           {{{"tls_key", "/nowhere"}}, {"serve"}, "tls_certificate"},
           {{{"smtp", "mail.example"}}, {"serve"}, "smtp"},
           {{{"listen", "somewhere"}}, {"serve"}, "listen"},
           {{{"share", "/nowhere"}}, {"serve"}, "share"},
           {{}, {"serve", "--config", file}, "lissten"},
           {{}, {"serve", "--config", "/nowhere/toimela.conf"}, "/nowhere/toimela.conf"},
           {{}, {"serve", "--workers"}, "--workers"},
       }) {
    Settings settings = wrong.settings;
    settings.try_emplace("data", data.path().string());
    const Ended ended = runToEnd(wrong.words, settings);
    INFO(ended.err);
    CHECK(ended.code == 2);
    CHECK(lines(ended.err) == 1);
    CHECK(ended.err.find(wrong.named) != std::string::npos);
  }
  CHECK(runToEnd({"nonsense"}, {{"data", data.path().string()}}).code == 2);
  CHECK(runToEnd({"serve", "now"}, {{"data", data.path().string()}}).code == 2);
  CHECK(runToEnd({}, {}).code == 2);
  CHECK(runToEnd({"--help"}, {{"data", data.path().string()}}).out.find("serve") !=
        std::string::npos);
}

TEST_CASE("what keeps the program from starting is one line too") {
  Folder data;
  const auto fails = [&](Settings settings, const std::string& named) {
    settings.try_emplace("data", data.path().string());
    const Ended ended = runToEnd({"serve"}, settings);
    INFO(ended.err);
    CHECK(ended.code != 0);
    CHECK(ended.code != 127);
    CHECK(ended.code > 0);
    CHECK(ended.err.find(named) != std::string::npos);
    CHECK(ended.err.find("secret-word") == std::string::npos);
  };
  fails({{"database", "postgresql://toimela:secret-word@127.0.0.1:1/none"}}, "database");
  fails({{"database", "sqlite:/nowhere/at/all/toimela.db"}}, "database");
  writeFile(data.path() / "text.db", std::string(10'000, 'x'));
  fails({{"database", "sqlite:" + data.file("text.db")}}, "database");
  fails({{"listen", "203.0.113.1:1"}}, "203.0.113.1:1");
  fails({{"listen", "unix:/nowhere/at/all/socket"}}, "/nowhere/at/all/socket");
  writeFile(data.path() / "key.pem", "no key");
  fails({{"listen", "127.0.0.1:0"},
         {"tls_certificate", data.file("key.pem")},
         {"tls_key", data.file("key.pem")}},
        "");
}

TEST_CASE("settings are shown with their origin and without their secrets") {
  Folder data;
  const std::string file = data.file("toimela.conf");
  writeFile(file,
            "workers = 3\nbase_url = https://toimela.example/\nsmtp = "
            "starttls://post:secret-word@mail.example:587\n");
  const Ended shown =
      runToEnd({"config", "--config", file, "--log-level", "debug"},
               {{"data", data.path().string()},
                {"workers", "5"},
                {"database", "postgresql://toimela:pass%40secret@db.example/toimela"}});
  REQUIRE(shown.code == 0);
  INFO(shown.out);
  CHECK(shown.out.find("workers = 5   (environment)") != std::string::npos);
  CHECK(shown.out.find("log_level = debug   (command line)") != std::string::npos);
  CHECK(shown.out.find("base_url = https://toimela.example   (" + file + ")") != std::string::npos);
  CHECK(shown.out.find("queue = 512   (default)") != std::string::npos);
  CHECK(shown.out.find("mail.example") != std::string::npos);
  CHECK(shown.out.find("secret") == std::string::npos);
  // A password may also stand where a careless mask does not look.
  const Ended other = runToEnd(
      {"config"}, {{"data", data.path().string()},
                   {"database", "postgresql://db.example/toimela?user=a&password=secret-word"}});
  CHECK(other.out.find("secret-word") == std::string::npos);
}

TEST_CASE("the data folder is for nobody else on the machine") {
  const DemoSite site = demoSite();
  Folder parent;
  const fs::path data = parent.path() / "data";
  const Settings settings{{"data", data.string()}};
  REQUIRE(runToEnd({"demo"}, settings).code == 0);
  for (const auto& entry : fs::recursive_directory_iterator(data)) {
    INFO(entry.path());
    CHECK((fs::status(entry).permissions() & fs::perms::others_all) == fs::perms::none);
  }
  CHECK((fs::status(data).permissions() & fs::perms::others_all) == fs::perms::none);
  CHECK((fs::status(data / "demo-accounts.json").permissions() & fs::perms::group_all) ==
        fs::perms::none);
  // Once more it touches nothing.
  const std::string accounts = readFile(data / "demo-accounts.json");
  CHECK(runToEnd({"demo"}, settings).code == 0);
  CHECK(readFile(data / "demo-accounts.json") == accounts);
}

TEST_CASE("SIGTERM lets a request under way finish and takes no new ones") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  Server server(site.settings());
  Browser admin = backstage.signedIn(server, site.account("national_admin"));
  admin.csrf();
  // A request that is held up in the middle of its work by another writer of the database.
  sqlite3* blocker = nullptr;
  REQUIRE(sqlite3_open(site.url().substr(7).c_str(), &blocker) == SQLITE_OK);
  sqlite3_busy_timeout(blocker, 20'000);
  REQUIRE(sqlite3_exec(blocker, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  Answer answer;
  std::thread client([&] {
    answer = admin.post("/fi/admin/organisations/new?region=pirkanmaa",
                        {{"name_fi", "Viimeinen ry"}, {"sector", "association"}});
  });
  const bool isBusy =
      eventually([&] { return Browser(server).get("/metrics").has("\ntoimela_workers_busy 2"); });
  Wire idle(server.endpoint());
  server.send(SIGTERM);
  const bool isDraining =
      eventually([&] { return server.log().find("stopping") != std::string::npos; });
  const bool refusesNew = eventually([&] { return !Wire(server.endpoint()).isOpen(); });
  const bool stillRuns = server.running();
  sqlite3_exec(blocker, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(blocker);
  client.join();
  CHECK(isBusy);
  CHECK(isDraining);
  CHECK(refusesNew);
  CHECK(stillRuns);
  CHECK(answer.status == 303);
  CHECK(idle.ended());
  CHECK(server.wait() == 0);
  CHECK(backstage.number("SELECT COUNT(*) FROM core_organisation WHERE name_fi = 'Viimeinen ry'") ==
        1);
}

TEST_CASE("a second start finds everything in place and changes nothing") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    {
      Server first(site.settings());
      CHECK(first.stop() == 0);
    }
    const auto audits = Backstage(site).number("SELECT COUNT(*) FROM core_audit");
    const auto migrations = Backstage(site).number("SELECT COUNT(*) FROM core_migration");
    CHECK(migrations > 0);
    Server second(site.settings());
    CHECK(Browser(second).get("/fi").status == 200);
    CHECK(second.stop() == 0);
    CHECK(Backstage(site).number("SELECT COUNT(*) FROM core_migration") == migrations);
    // Starting changes nothing, so that a restart leaves no trace in the log of changes.
    CHECK(Backstage(site).number("SELECT COUNT(*) FROM core_audit") == audits);
  }
}

TEST_CASE("what a trusted proxy says of the client counts, and what anybody else says does not") {
  const DemoSite site = demoSite();
  const Account& account = site.account("contact_person");
  // Guesses at a password are counted by address, which shows whose word is taken for it.
  const auto refusedOf = [&](Server& server, const std::function<std::string(int)>& forwarded) {
    int refused = 0;
    for (int guess = 0; guess < 14; ++guess) {
      Browser guesser(server);
      refused += guesser
                     .post("/fi/sign-in", {{"email", account.email}, {"password", "Wrong one 12"}},
                           {{{"X-Forwarded-For", forwarded(guess)}}})
                     .status == 429;
    }
    return refused;
  };
  const auto another = [](int n) { return "198.51.100." + std::to_string(n + 1); };
  {
    Server server(site.settings({{"trusted_proxies", "127.0.0.1"}}));
    CHECK(refusedOf(server, another) == 0);
    CHECK(refusedOf(server, [](int) { return "203.0.113.7"; }) == 4);
    // Only what the proxy itself added counts, not what the client put before it.
    CHECK(refusedOf(server, [&](int n) { return another(n + 50) + ", 203.0.113.8"; }) == 4);
    CHECK(refusedOf(server, [&](int n) { return another(n + 80) + ", 203.0.113.9, 127.0.0.1"; }) ==
          4);
    // https ends at the proxy.
    const std::string host = server.endpoint().authority();
    Browser person(server);
    const FormFields viaHttps{{"X-Forwarded-Proto", "https"},
                              {"Origin", "https://" + host},
                              {"Content-Type", "application/x-www-form-urlencoded"}};
    const std::string body = formEncoded({{"csrf", person.csrf()}, {"email", "x"}});
    CHECK(person.send("POST", "/fi/sign-in", viaHttps, body).status == 422);
  }
  {
    Server server(site.settings());
    CHECK(refusedOf(server, another) == 4);
    const std::string host = server.endpoint().authority();
    Browser person(server);
    const FormFields pretended{{"X-Forwarded-Proto", "https"},
                               {"Origin", "https://" + host},
                               {"Content-Type", "application/x-www-form-urlencoded"}};
    const std::string body = formEncoded({{"csrf", person.csrf()}, {"email", "x"}});
    CHECK(person.send("POST", "/fi/sign-in", pretended, body).status == 403);
  }
}

TEST_CASE("a Unix socket serves, its proxy can be trusted, and a dead one is replaced") {
  const DemoSite site = demoSite();
  Folder place;
  const std::string path = place.file("toimela.sock");
  const Settings settings =
      site.settings({{"listen", "unix:" + path}, {"trusted_proxies", "unix"}});
  auto server = std::make_unique<Server>(settings);
  CHECK(Browser(*server).get("/fi").status == 200);
  CHECK((fs::status(path).permissions() & fs::perms::others_all) == fs::perms::none);
  Browser person(*server);
  const Account& account = site.account("member");
  CHECK(person
            .post("/fi/sign-in", {{"email", account.email}, {"password", account.password}},
                  {{{"X-Forwarded-For", "203.0.113.1"}}})
            .status == 303);
  // A second one on the same path would take the first one's callers.
  CHECK_THROWS(Server(settings));
  CHECK(Browser(*server).get("/fi").status == 200);
  server->kill();
  REQUIRE(fs::exists(path));
  server = std::make_unique<Server>(settings);
  CHECK(Browser(*server).get("/fi").status == 200);
  CHECK(server->stop() == 0);
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("the first administrator is made on an empty database with one command") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    Folder data;
    const Settings settings{{"database", database.url}, {"data", data.path().string()}};
    const Ended made = runToEnd(
        {"user", "create", "eka@test.example", "Eka Ylläpitäjä", "national_admin"}, settings);
    REQUIRE(made.code == 0);
    const auto colon = made.out.rfind(": ");
    REQUIRE(colon != std::string::npos);
    const std::string password = made.out.substr(colon + 2, made.out.size() - colon - 3);
    Server server(settings);
    Browser person(server);
    CHECK(person.signIn("eka@test.example", password).status == 303);
    CHECK(person.get("/fi/admin/plugins").status == 200);
    CHECK(runToEnd({"user", "create", "eka@test.example", "Eka Ylläpitäjä", "national_admin"},
                   settings)
              .code == 1);
    CHECK(runToEnd({"user", "create", "toka@test.example", "Toka", "boss"}, settings).code == 2);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("the log is one sound JSON object a line when asked for") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  Server server(site.settings({{"log", "json"}, {"log_level", "debug"}}));
  CHECK(backstage.signedIn(server, site.account("member")).get("/fi/admin/audit").status == 403);
  backstage.run("ALTER TABLE contacts_member RENAME TO contacts_gone");
  CHECK(Browser(server).get("/fi/contacts").status == 500);
  CHECK(server.stop() == 0);
  std::set<std::string> events;
  std::istringstream log(server.log());
  for (std::string line; std::getline(log, line);) {
    INFO(line);
    const auto entry = nlohmann::json::parse(line);
    CHECK_FALSE(entry.at("time").get<std::string>().empty());
    CHECK_FALSE(entry.at("level").get<std::string>().empty());
    events.insert(entry.at("event"));
  }
  for (const std::string event : {"serving", "request failed", "stopping"})
    CHECK(events.contains(event));
}

}  // namespace
}  // namespace toimela::program_tests
