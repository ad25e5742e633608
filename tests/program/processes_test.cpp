// Several processes on one database: what is done through one holds in all, at once.
#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

constexpr int kRounds = 50;
const std::string kSwitch = "/fi/admin/regions/pirkanmaa/plugins/contacts";

struct Views {
  std::string region, network, list, name;
};
Views viewsOf(Backstage& backstage) {
  const std::string id =
      backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM contacts_network WHERE region = '06'");
  return {"/fi/regions/pirkanmaa/contacts", "/sv/contacts/networks/" + id,
          "/api/v1/regions/pirkanmaa/plugins", "\"contacts\""};
}

/// Everything that a visitor sees of the switch, through this process.
void checkSeen(const Server& server, const Views& views, bool isOn) {
  INFO("expected " << (isOn ? "on" : "off"));
  const int status = isOn ? 200 : 404;
  CHECK(Browser(server).get(views.region).status == status);
  CHECK(Browser(server).get(views.network).status == status);
  CHECK(Browser(server).get(views.list).has(views.name) == isOn);
  CHECK(Browser(server).get("/fi/regions/pirkanmaa").has(views.region) == isOn);
}

TEST_CASE("a switch flipped through one process is seen at once through the other") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server one(site.settings()), two(site.settings());
    Browser atOne = backstage.signedIn(one, site.account("national_admin")), atTwo = atOne.at(two);
    const Views views = viewsOf(backstage);
    for (int round = 0; round < kRounds; ++round) {
      INFO("round " << round);
      const bool enable = round % 2 == 1;
      // The administrator works through either; the pages were kept in both the round before.
      Browser& admin = round % 3 ? atOne : atTwo;
      REQUIRE(admin.post(kSwitch, {{"enabled", enable ? "1" : "0"}}).status == 303);
      checkSeen(round % 3 ? two : one, views, enable);
      checkSeen(round % 3 ? one : two, views, enable);
      checkSeen(two, views, enable);
      checkSeen(one, views, enable);
    }
    // The second look did come from the caches of both.
    for (Server* server : {&one, &two}) {
      const std::string metrics = Browser(*server).get("/metrics").body;
      const auto at = metrics.find("\ntoimela_page_cache_hits_total ");
      REQUIRE(at != std::string::npos);
      CHECK(std::stoi(metrics.substr(at + 31)) > 0);
    }
    CHECK(one.stop() == 0);
    CHECK(two.stop() == 0);
  }
}

/// Visitors who keep asking for pages until this object goes.
class Crowd {
 public:
  Crowd(const std::vector<Endpoint>& endpoints, const std::vector<std::string>& pages) {
    for (const Endpoint& endpoint : endpoints)
      threads_.emplace_back([this, endpoint, pages] {
        while (!stopping_)
          for (const std::string& page : pages) {
            const int status = Browser(endpoint).get(page).status;
            if (status != 200 && status != 404) ++failures_;
            ++answers_;
          }
      });
  }
  ~Crowd() { leave(); }
  void leave() {
    stopping_ = true;
    for (std::thread& thread : threads_)
      if (thread.joinable()) thread.join();
  }
  int answers() const { return answers_; }
  int failures() const { return failures_; }

 private:
  std::atomic<bool> stopping_{false};
  std::atomic<int> answers_{0}, failures_{0};
  std::vector<std::thread> threads_;
};

TEST_CASE("a switch is seen at once also while a crowd keeps the pages of both processes busy") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server one(site.settings()), two(site.settings());
    Browser admin = backstage.signedIn(one, site.account("national_admin"));
    const Views views = viewsOf(backstage);
    Crowd crowd({one.endpoint(), two.endpoint()},
                {views.region, views.network, views.list, "/fi/regions/pirkanmaa"});
    for (int round = 0; round < kRounds; ++round) {
      INFO("round " << round);
      const bool enable = round % 2 == 1;
      REQUIRE(admin.post(kSwitch, {{"enabled", enable ? "1" : "0"}}).status == 303);
      checkSeen(two, views, enable);
      checkSeen(one, views, enable);
    }
    // So many that the pages were kept and thrown away again and again.
    CHECK(eventually([&] { return crowd.answers() > 100; }));
    crowd.leave();
    CHECK(crowd.failures() == 0);
    CHECK(one.stop() == 0);
    CHECK(two.stop() == 0);
  }
}

TEST_CASE("people who write through two processes at the same time all get through, once each") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server one(site.settings()), two(site.settings());
    const auto admin = backstage.idOf(site.account("national_admin").email);
    std::vector<Browser> browsers;
    for (int i = 0; i < 6; ++i) browsers.push_back(backstage.signedIn(i % 2 ? one : two, admin));
    std::atomic<int> done{0}, other{0};
    std::vector<std::thread> threads;
    for (Browser& browser : browsers)
      threads.emplace_back([&] {
        for (int i = 0; i < 25; ++i) {
          const int status = browser
                                 .post("/fi/admin/organisations/new?region=pirkanmaa",
                                       {{"name_fi", "Yhtä aikaa ry"}, {"sector", "association"}})
                                 .status;
          ++(status == 303 ? done : other);
        }
      });
    for (std::thread& thread : threads) thread.join();
    CHECK(done == 150);
    CHECK(other == 0);
    CHECK(backstage.number(
              "SELECT COUNT(*) FROM core_organisation WHERE name_fi = 'Yhtä aikaa ry'") == 150);
    // Of several with one business id, one gets it and the others are told.
    std::atomic<int> won{0}, told{0};
    threads.clear();
    for (Browser& browser : browsers)
      threads.emplace_back([&] {
        const Answer answer = browser.post("/fi/admin/organisations/new?region=pirkanmaa",
                                           {{"name_fi", "Sama tunnus ry"},
                                            {"sector", "association"},
                                            {"business_id", "0737546-2"}});
        won += answer.status == 303;
        told += answer.status == 422;
      });
    for (std::thread& thread : threads) thread.join();
    CHECK(won == 1);
    CHECK(told == 5);
    // One form in six browsers: one saves it, the others are told of the change.
    const std::string path = "/fi/organisations/" +
                             backstage.text("SELECT CAST(MAX(id) AS TEXT) FROM core_organisation") +
                             "/edit";
    std::atomic<int> saved{0}, stale{0};
    threads.clear();
    for (Browser& browser : browsers)
      threads.emplace_back([&, name = "Nimi " + std::to_string(&browser - browsers.data())] {
        const Answer answer =
            browser.post(path, {{"name_fi", name}, {"sector", "association"}, {"revision", "1"}});
        saved += answer.status == 303;
        stale += answer.status == 409;
      });
    for (std::thread& thread : threads) thread.join();
    CHECK(saved == 1);
    CHECK(stale == 5);
    CHECK(one.stop() == 0);
    CHECK(two.stop() == 0);
  }
}

TEST_CASE("two processes share one port, and whichever answers knows of every switch") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server one(site.settings());
    Server two(site.settings({{"listen", "127.0.0.1:" + std::to_string(one.endpoint().port)}}));
    Browser admin = backstage.signedIn(one, site.account("national_admin"));
    const Views views = viewsOf(backstage);
    for (int round = 0; round < kRounds; ++round) {
      INFO("round " << round);
      const bool enable = round % 2 == 1;
      REQUIRE(admin.post(kSwitch, {{"enabled", enable ? "1" : "0"}}).status == 303);
      checkSeen(one, views, enable);
      checkSeen(one, views, enable);
    }
    // One of them goes for an update; the port goes on answering.
    CHECK(one.stop() == 0);
    for (int request = 0; request < 20; ++request) CHECK(Browser(two).get("/fi").status == 200);
    CHECK(two.stop() == 0);
  }
}

TEST_CASE("a change of content is in every process's next page") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Backstage backstage(site);
    Server one(site.settings()), two(site.settings());
    Browser admin = backstage.signedIn(one, site.account("national_admin"));
    const std::string id =
        backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM contacts_network WHERE region = '06'");
    const std::string network = "/fi/contacts/networks/" + id;
    std::string revision = valueAfter(admin.get(network + "/edit").body, "name=\"revision\"");
    for (int round = 0; round < kRounds; ++round) {
      const std::string name = "Verkosto numero " + std::to_string(round);
      INFO(name);
      REQUIRE(admin
                  .post(network + "/edit", {{"name_fi", name},
                                            {"name_sv", ""},
                                            {"name_en", ""},
                                            {"purpose_fi", ""},
                                            {"kind", "theme"},
                                            {"coordinator", ""},
                                            {"revision", revision}})
                  .status == 303);
      revision = std::to_string(std::stoll(revision) + 1);
      for (Server* server : {&two, &one}) {
        CHECK(Browser(*server).get(network).has(name));
        CHECK(Browser(*server).get("/fi/regions/pirkanmaa/contacts").has(name));
        CHECK(Browser(*server).get("/api/v1/contacts/networks/" + id).has(name));
      }
      // What the browser has kept is asked for again and found stale.
      const std::string etag = Browser(two).get(network).header("ETag");
      CHECK(Browser(two).get(network, {{{"If-None-Match", etag}}}).status == 304);
    }
    CHECK(one.stop() == 0);
    CHECK(two.stop() == 0);
  }
}

TEST_CASE(
    "a session opened at one process is known at the other, and dead in both after signing out") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server one(site.settings()), two(site.settings());
    const Account& account = site.account("contact_person");
    for (int round = 0; round < kRounds; ++round) {
      INFO("round " << round);
      Browser atOne(one);
      REQUIRE(atOne.signIn(account.email, account.password).status == 303);
      Browser atTwo = atOne.at(two);
      CHECK(atTwo.get("/fi/dashboard").status == 200);
      Browser leaver = round % 2 ? atOne : atTwo;
      REQUIRE(leaver.post("/fi/sign-out").status == 303);
      CHECK(atOne.get("/fi/dashboard").status == 303);
      CHECK(atTwo.get("/fi/dashboard").status == 303);
    }
    CHECK(one.stop() == 0);
    CHECK(two.stop() == 0);
  }
}

TEST_CASE("guesses at a password are counted over all processes together") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server one(site.settings()), two(site.settings());
    const Account& account = site.account("contact_person");
    int refused = 0;
    for (int guess = 0; guess < 24; ++guess)
      refused += Browser(guess % 2 ? one : two)
                     .signIn(account.email, "Guess number " + std::to_string(guess))
                     .status == 429;
    CHECK(refused >= 12);
    CHECK(one.stop() == 0);
    CHECK(two.stop() == 0);
  }
}

TEST_CASE("two processes that start on an empty database at the same time make it once") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    Folder data;
    const Settings settings = withFolders(
        {{"database", database.url}, {"data", data.path().string()}, {"listen", "127.0.0.1:0"}});
    std::vector<std::unique_ptr<Child>> children;
    for (int i = 0; i < 4; ++i)
      children.push_back(
          std::make_unique<Child>(std::vector<std::string>{programPath(), "migrate"}, settings));
    for (const auto& child : children) {
      CHECK(child->wait() == 0);
      CHECK(child->err().find("rror") == std::string::npos);
    }
    const Ended status = runToEnd({"migrate", "--status"}, settings);
    CHECK(status.code == 0);
    CHECK(status.out.find("core 1 core: applied") != std::string::npos);
    CHECK(status.out.find("pending") == std::string::npos);
  }
}

}  // namespace
}  // namespace toimela::program_tests
