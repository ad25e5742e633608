// Power cuts: the process is killed in the middle of writing, and what was acknowledged is there.
#include <catch2/catch.hpp>
#include <mutex>
#include <random>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

/// Adds organisations and members one after another until the server is gone; remembers what was
/// acknowledged.
class Writer {
 public:
  Writer(Browser browser, std::string network, std::string organisation, std::string prefix)
      : browser_(std::move(browser)),
        network_(std::move(network)),
        organisation_(std::move(organisation)),
        prefix_(std::move(prefix)) {
    browser_.csrf();
  }

  void run() {
    for (int i = 0;; ++i) {
      const std::string name = prefix_ + "-" + std::to_string(i);
      Answer answer;
      if (i % 2 == 0) {
        answer = browser_.post("/fi/admin/organisations/new?region=pirkanmaa",
                               {{"name_fi", name}, {"sector", "association"}, {"website", ""}});
      } else {
        answer = browser_.post(network_ + "/members/new", {{"email", name + "@test.example"},
                                                           {"given_name", "Uusi"},
                                                           {"family_name", name},
                                                           {"organisation", organisation_},
                                                           {"role", "member"},
                                                           {"from", "2025-01-01"},
                                                           {"to", ""}});
      }
      if (answer.status == 0) return;
      if (answer.status != 303)
        ++refused;
      else if (i % 2 == 0)
        organisations.push_back(name);
      else
        members.push_back(name + "@test.example");
      ++acknowledged;
    }
  }

  std::vector<std::string> organisations, members;
  std::atomic<int> acknowledged{0}, refused{0};

 private:
  Browser browser_;
  std::string network_, organisation_, prefix_;
};

TEST_CASE("what was acknowledged survives a kill at any moment, whole and with its audit row") {
  std::mt19937 random(2026);
  for (const DemoSite& site : demoSites()) {
    const auto admin = Backstage(site).idOf(site.account("national_admin").email);
    for (int round = 0; round < 6; ++round) {
      INFO("round " << round << " on " << site.kind());
      auto server = std::make_unique<Server>(site.settings());
      Backstage backstage(site);
      const std::string network =
          "/fi/contacts/networks/" +
          backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM contacts_network WHERE region = '06'");
      const std::string organisation =
          backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM core_organisation WHERE region = '06'");
      std::vector<std::unique_ptr<Writer>> writers;
      for (int i = 0; i < 3; ++i)
        writers.push_back(
            std::make_unique<Writer>(backstage.signedIn(*server, admin), network, organisation,
                                     "Katko" + std::to_string(round) + "x" + std::to_string(i)));
      const int wanted = std::uniform_int_distribution(20, 120)(random);
      {
        std::vector<std::thread> threads;
        for (auto& writer : writers) threads.emplace_back([&writer] { writer->run(); });
        const auto done = [&] {
          int sum = 0;
          for (auto& writer : writers) sum += writer->acknowledged;
          return sum;
        };
        const bool came = eventually([&] { return done() >= wanted; });
        server->kill();
        for (auto& thread : threads) thread.join();
        REQUIRE(came);
      }
      // It comes up again by itself and serves.
      server = std::make_unique<Server>(site.settings());
      CHECK(Browser(*server).get("/readyz").status == 200);
      Backstage after(site);
      for (auto& writer : writers) {
        CHECK(writer->refused == 0);
        for (const std::string& name : writer->organisations)
          CHECK(after.number("SELECT COUNT(*) FROM core_organisation WHERE name_fi = '" + name +
                             "'") == 1);
        for (const std::string& email : writer->members)
          CHECK(after.number("SELECT COUNT(*) FROM contacts_member m JOIN core_person p ON p.id = "
                             "m.person_id WHERE p.email = '" +
                             email + "'") == 1);
      }
      // Nothing half: every row has its audit row and every audit row its row.
      CHECK(after.number("SELECT COUNT(*) FROM core_organisation WHERE name_fi LIKE 'Katko%'") ==
            after.number("SELECT COUNT(*) FROM core_audit a WHERE a.action = "
                         "'core.organisation.add' AND a.person_id = " +
                         std::to_string(admin)));
      CHECK(after.number("SELECT COUNT(*) FROM core_person WHERE family_name LIKE 'Katko%'") ==
            after.number("SELECT COUNT(*) FROM contacts_member m JOIN core_person p ON p.id = "
                         "m.person_id WHERE p.family_name LIKE 'Katko%'"));
      CHECK(after.number("SELECT COUNT(*) FROM core_person WHERE family_name LIKE 'Katko%'") ==
            after.number("SELECT COUNT(*) FROM core_audit WHERE action = 'contacts.member.add' AND "
                         "person_id = " +
                         std::to_string(admin)));
      if (site.kind() == "sqlite") {
        CHECK(after.text("PRAGMA integrity_check") == "ok");
        CHECK(after.texts("PRAGMA foreign_key_check").empty());
      }
      CHECK(server->stop() == 0);
    }
  }
}

TEST_CASE(
    "a kill in the middle of the first start leaves a database that the next start completes") {
  std::mt19937 random(7);
  int killed = 0;
  for (int round = 0; round < 6; ++round) {
    for (const auto& database : testing::databases()) {
      INFO("round " << round << " on " << database.name);
      Folder data;
      const Settings settings{{"database", database.url}, {"data", data.path().string()}};
      {
        Child child({programPath(), "migrate"}, withFolders(settings));
        // Any moment will do; they lie all over the start.
        std::this_thread::sleep_for(
            std::chrono::milliseconds(std::uniform_int_distribution(20, 250)(random)));
        child.send(SIGKILL);
        if (child.wait() < 0) ++killed;
      }
      const Ended again = runToEnd({"migrate"}, settings);
      INFO(again.err);
      CHECK(again.code == 0);
      Server server(settings);
      CHECK(Browser(server).get("/fi/regions/pirkanmaa").status == 200);
      CHECK(server.stop() == 0);
    }
  }
  CHECK(killed > 0);
}

}  // namespace
}  // namespace toimela::program_tests
