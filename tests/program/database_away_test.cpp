// The database gone, read-only, locked or without room: reads go on where they can, the rest is
// told clearly, and everything heals without a restart.
#include <sys/mount.h>

#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

/// The site on PostgreSQL; none, and said so, when the tests run without a server.
std::vector<DemoSite> onPostgresql() {
  std::vector<DemoSite> sites;
  for (DemoSite& site : demoSites())
    if (site.kind() == "postgresql") sites.push_back(std::move(site));
  if (sites.empty()) WARN("nothing was checked: there is no PostgreSQL server");
  return sites;
}

std::string databaseName(const DemoSite& site) {
  return site.url().substr(site.url().rfind('/') + 1);
}

void disconnectAll(const DemoSite& site) {
  runOnServer(serverUrl(),
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                  databaseName(site) + "'");
}

FormFields newOrganisation(const std::string& name) {
  return {{"name_fi", name}, {"sector", "association"}, {"website", ""}};
}
const std::string kAdd = "/fi/admin/organisations/new?region=pirkanmaa";

TEST_CASE("while the database is away pages say so, and all is well as soon as it is back") {
  for (const DemoSite& site : onPostgresql()) {
    Server server(site.settings());
    Browser admin = [&] {
      return Backstage(site).signedIn(server, site.account("national_admin"));
    }();
    admin.csrf();
    CHECK(Browser(server).get("/readyz").status == 200);
    for (int round = 0; round < 3; ++round) {
      INFO("round " << round);
      CHECK(Browser(server).get("/fi/organisations").status == 200);
      runOnServer(serverUrl(), "ALTER DATABASE " + databaseName(site) + " ALLOW_CONNECTIONS false");
      disconnectAll(site);
      for (int again = 0; again < 3; ++again) {
        // Also what was kept: nobody knows whether it is still true.
        for (const std::string path :
             {"/fi", "/fi/organisations", "/fi/regions/pirkanmaa/contacts", "/fi/sign-in"}) {
          INFO(path);
          const Answer away = Browser(server).get(path);
          CHECK(away.status == 503);
          CHECK_FALSE(away.header("Retry-After").empty());
          CHECK(away.header("Cache-Control") == "no-store");
          CHECK(away.has("<html lang=\"fi\">"));
        }
        CHECK(admin.get("/fi/dashboard").status == 503);
        CHECK(admin.post(kAdd, newOrganisation("Poissa ry")).status == 503);
        const Answer problem = Browser(server).get("/api/v1/organisations");
        CHECK(problem.status == 503);
        CHECK(problem.header("Content-Type") == "application/problem+json");
        CHECK(Browser(server).get("/healthz").status == 200);
        CHECK(Browser(server).get("/readyz").status == 503);
        CHECK(Browser(server).get("/metrics").status == 200);
      }
      runOnServer(serverUrl(), "ALTER DATABASE " + databaseName(site) + " ALLOW_CONNECTIONS true");
      CHECK(eventually([&] { return Browser(server).get("/readyz").status == 200; }));
      CHECK(Browser(server).get("/fi/organisations").status == 200);
      CHECK(admin.get("/fi/dashboard").status == 200);
      CHECK(admin.post(kAdd, newOrganisation("Palannut ry " + std::to_string(round))).status ==
            303);
    }
    CHECK(server.stop() == 0);
    CHECK(Backstage(site).number(
              "SELECT COUNT(*) FROM core_organisation WHERE name_fi LIKE 'Palannut ry%'") == 3);
    CHECK(Backstage(site).number(
              "SELECT COUNT(*) FROM core_organisation WHERE name_fi = 'Poissa ry'") == 0);
  }
}

TEST_CASE("connections that died while idle are noticed by nobody") {
  for (const DemoSite& site : onPostgresql()) {
    Server server(site.settings());
    Browser admin = [&] {
      return Backstage(site).signedIn(server, site.account("national_admin"));
    }();
    admin.csrf();
    for (int round = 0; round < 10; ++round) {
      INFO("round " << round);
      disconnectAll(site);
      if (round % 2)
        CHECK(Browser(server).get("/fi/organisations").status == 200);
      else
        CHECK(admin.post(kAdd, newOrganisation("Kierros " + std::to_string(round))).status == 303);
      disconnectAll(site);
      CHECK(admin.get("/fi/dashboard").status == 200);
      CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 200);
    }
    CHECK(Backstage(site).number(
              "SELECT COUNT(*) FROM core_organisation WHERE name_fi LIKE 'Kierros %'") == 5);
    CHECK(server.stop() == 0);
  }
}

TEST_CASE("a database that only reads is read, and writing is told to come back later") {
  for (const DemoSite& site : onPostgresql()) {
    Server server(site.settings());
    Browser admin = [&] {
      return Backstage(site).signedIn(server, site.account("national_admin"));
    }();
    admin.csrf();
    runOnServer(serverUrl(),
                "ALTER DATABASE " + databaseName(site) + " SET default_transaction_read_only = on");
    disconnectAll(site);
    CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 200);
    CHECK(admin.get("/fi/dashboard").status == 200);
    const Answer refused = admin.post(kAdd, newOrganisation("Lukittu ry"));
    CHECK(refused.status == 503);
    CHECK_FALSE(refused.header("Retry-After").empty());
    CHECK(Browser(server).get("/fi/regions/pirkanmaa/contacts").status == 200);
    runOnServer(serverUrl(),
                "ALTER DATABASE " + databaseName(site) + " RESET default_transaction_read_only");
    disconnectAll(site);
    CHECK(admin.post(kAdd, newOrganisation("Avattu ry")).status == 303);
    CHECK(server.stop() == 0);
  }
}

/// Adds organisations until one is refused; how many were taken, and the refusal.
std::pair<int, Answer> fill(Browser& admin) {
  const std::string summary(590, 'x');
  for (int taken = 0; taken < 20'000; ++taken) {
    const Answer answer = admin.post(kAdd, {{"name_fi", "Täysi ry"},
                                            {"sector", "association"},
                                            {"summary_fi", summary},
                                            {"summary_sv", summary},
                                            {"summary_en", summary}});
    if (answer.status != 303) return {taken, answer};
  }
  throw std::runtime_error("there was always room");
}

/// Checks a server whose SQLite database runs out of room; `makeRoom` gives it some. What is
/// refused must be `refusal`.
void checkWithoutRoom(const DemoSite& site, Server& server, Browser& admin, int refusal,
                      const std::function<void()>& makeRoom) {
  Backstage backstage(site);
  const auto stored = [&] {
    return backstage.number("SELECT COUNT(*) FROM core_organisation WHERE name_fi = 'Täysi ry'");
  };
  int taken = 0;
  for (int again = 0; again < 3; ++again) {
    const auto [more, refused] = fill(admin);
    taken += more;
    INFO("refused after " << more);
    CHECK(refused.status == refusal);
    CHECK_FALSE(refused.header("Retry-After").empty());
    CHECK(refused.has("<html lang=\"fi\">"));
    CHECK(Browser(server).get("/fi").status == 200);
    CHECK(Browser(server).get("/fi/organisations?q=" + std::to_string(again)).status == 200);
    CHECK(admin.get("/fi/dashboard").status == 200);
    CHECK(stored() == taken);
  }
  CHECK(taken > 0);
  CHECK(Browser(server).get("/healthz").status == 200);
  CHECK(Browser(server).get("/readyz").status == 200);
  if (!makeRoom) return;
  makeRoom();
  CHECK(admin.post(kAdd, newOrganisation("Tilaa taas ry")).status == 303);
  CHECK(stored() == taken);
}

TEST_CASE("a full disk stops writing and not reading, and room heals it") {
  DemoSite site = demoSite();
  Folder small;
  const auto needed = fs::file_size(site.url().substr(7));
  const std::string little = "size=" + std::to_string(needed + 1'000'000),
                    enough = "size=" + std::to_string(needed + 14'000'000);
  // A small file system of its own, where the tests may make one; the next test needs no rights.
  if (mount("tmpfs", small.path().c_str(), "tmpfs", 0, little.c_str()) != 0) {
    WARN("no file system may be mounted here: a full disk is tested by the limit on files alone");
    return;
  }
  struct Unmount {
    fs::path path;
    ~Unmount() { umount2(path.c_str(), MNT_DETACH); }
  } unmount{small.path()};
  const std::string file = small.file("toimela.db");
  fs::copy_file(site.url().substr(7), file);
  const testing::FreshDatabase onSmallDisk{"sqlite", "sqlite:" + file, nullptr};
  const DemoSite full(onSmallDisk, demoOriginals().front()->data.path() / "demo-accounts.json");
  {
    Server server(full.settings());
    Browser admin = [&] {
      return Backstage(full).signedIn(server, full.account("national_admin"));
    }();
    checkWithoutRoom(full, server, admin, 507, [&] {
      REQUIRE(mount("tmpfs", small.path().c_str(), "tmpfs", MS_REMOUNT, enough.c_str()) == 0);
    });
    CHECK(server.stop() == 0);
  }
  CHECK(Backstage(full).text("PRAGMA integrity_check") == "ok");
}

TEST_CASE("a file that may not grow stops writing and not reading") {
  const DemoSite site = demoSite();
  {
    Server server(site.settings(), {.largestFile = fs::file_size(site.url().substr(7)) + 600'000});
    Browser admin = [&] {
      return Backstage(site).signedIn(server, site.account("national_admin"));
    }();
    checkWithoutRoom(site, server, admin, 503, nullptr);
    CHECK(server.stop() == 0);
  }
  CHECK(Backstage(site).text("PRAGMA integrity_check") == "ok");
  // Without the limit everything is as it was.
  Server server(site.settings());
  Browser admin = [&] {
    return Backstage(site).signedIn(server, site.account("national_admin"));
  }();
  CHECK(admin.post(kAdd, newOrganisation("Tilaa taas ry")).status == 303);
  CHECK(server.stop() == 0);
}

}  // namespace
}  // namespace toimela::program_tests
