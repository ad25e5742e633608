// Notices from the telling to the mail, and the pages on which one chooses.
#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>
#include <regex>
#include <thread>

#include "databases.h"
#include "mail/outbox.h"
#include "mail/outbox_store.h"
#include "mail_sink.h"
#include "notices/notice_store.h"
#include "notices/personal_data.h"
#include "notices/schedule.h"
#include "notices/sending.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::notices;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

constexpr Sql kDisable{"test.person.disable",
                       "UPDATE core_person SET disabled_at = 1 WHERE id = :person"};

/// A site with two followers of a topic of the contacts plugin, and somebody who acts.
struct Village {
  explicit Village(const testing::FreshDatabase& database) : site(database) {
    actor = site.person("Tero", "Tekijä");
    aino = site.person("Aino", "Lukija");
    eero = site.person("Eero", "Lukija");
  }

  Host& host() { return site.host("core"); }

  Topic topic(std::string mark = "1", std::optional<RegionCode> region = RegionCode::parse("06")) {
    return {.key = "contacts.network:" + mark,
            .name = {"Verkosto " + mark, "Nätverk " + mark, "Network " + mark},
            .path = "/contacts/networks/" + mark,
            .region = region};
  }

  void tellOf(const Topic& topic, std::string title, std::string object = "contacts.post:1",
              bool urgent = false) {
    const std::vector people{actor, aino, eero};
    host().writeAs(actor, [&](WriteTx& tx) {
      tell(tx, {topic, {.fi = title}, topic.path + "/board", object}, people, urgent);
      tx.unaudited("a test");
    });
  }

  void choose(PersonId person, const Topic& topic, Pace pace) {
    host().writeAs(person, [&](WriteTx& tx) { setPace(tx, person, topic, pace); });
  }

  std::vector<mail::StoredMail> mails() {
    return host().read([](ReadTx& tx) { return mail::dueMails(tx, now() + days(1), 100); });
  }
  std::size_t waitingFor(PersonId person) {
    return host().read([&](ReadTx& tx) { return waitingOf(tx, person).size(); });
  }
  int sendNow() { return sendDue(host(), now()); }
  int sendAWeekLater() { return sendDue(host(), now() + days(7)); }

  static std::chrono::hours days(int count) { return std::chrono::hours(24 * count); }
  testing::Site site;
  PersonId actor, aino, eero;
};

std::string pathOf(const std::string& address) {
  const std::string base = "http://toimela.test";
  REQUIRE(address.starts_with(base));
  return address.substr(base.size());
}

}  // namespace

TEST_CASE("what happened is told to everybody but the one who did it, at each one's pace",
          "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.choose(v.aino, v.topic(), Pace::atOnce);
      v.tellOf(v.topic(), "Vinkki");
      CHECK(v.waitingFor(v.actor) == 0);

      CHECK(v.sendNow() == 1);  // Eero, who chose nothing, hears once a week
      CHECK(v.sendNow() == 0);
      REQUIRE(v.mails().size() == 1);
      CHECK(v.mails()[0].recipientName == "Aino Lukija");
      CHECK_THAT(v.mails()[0].text,
                 Contains("- Vinkki: http://toimela.test/fi/contacts/networks/1/board"));

      CHECK(v.sendAWeekLater() == 1);
      CHECK(v.mails().size() == 2);
      CHECK(v.sendAWeekLater() == 0);
    }
  }
}

TEST_CASE("a daily notice waits for the morning", "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.choose(v.aino, v.topic(), Pace::daily);
      v.choose(v.eero, v.topic(), Pace::never);
      v.tellOf(v.topic(), "Vinkki");
      const Instant morning = dueUntil(now() + Village::days(1)).daily;
      CHECK(sendDue(v.host(), morning - std::chrono::minutes(1)) == 0);
      CHECK(sendDue(v.host(), morning) == 1);
    }
  }
}

TEST_CASE("a later notice of the same thing takes the place of the unsent one", "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.tellOf(v.topic(), "Vinkki");
      v.tellOf(v.topic(), "Vinkki, parannettu");
      v.tellOf(v.topic(), "Toinen", "contacts.post:2");
      CHECK(v.waitingFor(v.aino) == 2);
      v.sendAWeekLater();
      CHECK_THAT(v.mails()[0].text, Contains("parannettu") && !Contains("- Vinkki: "));
    }
  }
}

TEST_CASE("an urgent notice does not wait, but is nothing to those who want to hear nothing",
          "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.choose(v.eero, v.topic(), Pace::never);
      v.tellOf(v.topic(), "Tiedote", "contacts.post:1", true);
      CHECK(v.sendNow() == 1);
      CHECK(v.mails()[0].recipientName == "Aino Lukija");
      CHECK(v.waitingFor(v.eero) == 0);
    }
  }
}

TEST_CASE("where the plugin is off, its notices wait", "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.tellOf(v.topic("1", RegionCode::parse("06")), "Pirkanmaa", "contacts.post:1", true);
      v.tellOf(v.topic("2", std::nullopt), "Koko maa", "contacts.post:2", true);
      v.site.switchPlugin("contacts", "06", false);
      v.site.visitor().get("/fi");  // a request notices the switch, as the job of a program does
      CHECK(v.sendNow() == 2);
      for (const auto& mail : v.mails())
        CHECK_THAT(mail.text, Contains("Koko maa") && !Contains("Pirkanmaa"));
      CHECK(v.waitingFor(v.aino) == 1);
      CHECK_THAT(bodyOf(v.site.signedIn(v.aino).get("/fi/account/notices")),
                 !Contains("Verkosto 1") && Contains("Verkosto 2"));

      v.site.switchPlugin("contacts", "06", true);
      v.site.visitor().get("/fi");
      CHECK(v.sendNow() == 2);
      CHECK(v.waitingFor(v.aino) == 0);
    }
  }
}

TEST_CASE("closed accounts get no mail", "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.tellOf(v.topic(), "Tiedote", "contacts.post:1", true);
      v.host().writeAs({}, [&](WriteTx& tx) {
        tx.run(kDisable, v.aino);
        tx.unaudited("a test");
      });
      CHECK(v.sendNow() == 1);
      CHECK(v.mails()[0].recipientName == "Eero Lukija");
    }
  }
}

TEST_CASE("when the notices were taken by another process meanwhile, no second mail is made",
          "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.tellOf(v.topic(), "Tiedote", "contacts.post:1", true);
      const auto seen = v.host().read([&](ReadTx& tx) { return waitingOf(tx, v.aino); });
      const auto takeIt = [&] {
        return v.host().writeAs({}, [&](WriteTx& tx) {
          tx.unaudited("a test");
          return take(tx, seen[0]);
        });
      };
      CHECK(takeIt());
      CHECK_FALSE(takeIt());
      // A notice that says something else by now is not the one that was read.
      v.tellOf(v.topic(), "Tiedote", "contacts.post:2", true);
      auto stale = v.host().read([&](ReadTx& tx) { return waitingOf(tx, v.aino); }).at(0);
      stale.at -= std::chrono::milliseconds(1);
      CHECK_FALSE(v.host().writeAs({}, [&](WriteTx& tx) {
        tx.unaudited("a test");
        return take(tx, stale);
      }));
    }
  }
}

TEST_CASE("however many send at once, everyone gets one mail", "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      for (int i = 1; i <= 5; ++i)
        v.tellOf(v.topic(), "Tiedote", "contacts.post:" + std::to_string(i), true);
      std::atomic<int> sent{0};
      std::vector<std::thread> processes;
      for (int i = 0; i < 3; ++i) processes.emplace_back([&] { sent += v.sendNow(); });
      for (auto& process : processes) process.join();
      CHECK(sent == 2);
      CHECK(v.mails().size() == 2);
      CHECK(v.waitingFor(v.aino) == 0);
    }
  }
}

TEST_CASE("the digest reaches a mail server with a way to end it by one click", "[notices]") {
  std::signal(SIGPIPE, SIG_IGN);  // as the program does
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.choose(v.eero, v.topic(), Pace::never);
      v.tellOf(v.topic(), "Näin löysimme nuoret", "contacts.post:1", true);
      REQUIRE(v.sendNow() == 1);

      testing::MailSink sink;
      const auto outbox = testing::openMigrated(database);
      CHECK(mail::sendDue(
                *outbox,
                {.host = "127.0.0.1", .port = sink.port(), .from = "noreply@example.org"}) == 1);
      REQUIRE(sink.taken().size() == 1);
      const std::string message = sink.taken()[0].message;
      CHECK_THAT(message, Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
      std::smatch found;
      REQUIRE(std::regex_search(
          message, found,
          std::regex("List-Unsubscribe: <http://toimela\\.test(/fi/notices/unsubscribe/[^>]+)>")));

      // As the mail program sends it: no session, no page before, no form token.
      Headers headers;
      headers.set("Content-Type", "application/x-www-form-urlencoded");
      const auto answer = v.site.visitor().send(Method::post, found[1].str(), std::move(headers),
                                                "List-Unsubscribe=One-Click");
      CHECK(answer.status == 200);
      CHECK(v.host().read([&](ReadTx& tx) { return paceOf(tx, v.aino, v.topic().key); }) ==
            Pace::never);
    }
  }
}

TEST_CASE("the link of a mail ends the topics of that mail and no others", "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.tellOf(v.topic("1"), "Ensimmäinen", "contacts.post:1", true);
      v.tellOf(v.topic("2"), "Toinen", "contacts.post:2", true);
      v.choose(v.aino, v.topic("3"), Pace::daily);
      v.choose(v.eero, v.topic("1"), Pace::weekly);
      v.sendNow();
      std::string address;
      for (const auto& mail : v.mails())
        if (mail.recipientName == "Aino Lukija") address = mail.unsubscribe;
      const std::string path = pathOf(address);

      auto visitor = v.site.visitor();
      const auto asked = bodyOf(visitor.get(path));
      CHECK_THAT(asked,
                 Contains("Verkosto 1") && Contains("Verkosto 2") && !Contains("Verkosto 3"));
      CHECK_THAT(asked, Contains("Lopeta viestit"));
      const auto pace = [&](PersonId person, const char* mark) {
        return v.host().read([&](ReadTx& tx) { return paceOf(tx, person, v.topic(mark).key); });
      };
      CHECK(pace(v.aino, "1") == Pace::weekly);  // asking changes nothing

      const auto done = visitor.post(path);
      CHECK(done.status == 200);
      CHECK_THAT(bodyOf(done), Contains("Viestit on lopetettu"));
      CHECK(pace(v.aino, "1") == Pace::never);
      CHECK(pace(v.aino, "2") == Pace::never);
      CHECK(pace(v.aino, "3") == Pace::daily);
      CHECK(pace(v.eero, "1") == Pace::weekly);
      CHECK(visitor.post(path).status == 200);  // once more does no harm

      CHECK(visitor.get("/fi/notices/unsubscribe/nonsense").status == 404);
      CHECK(visitor.post("/fi/notices/unsubscribe/nonsense").status == 404);
    }
  }
}

TEST_CASE("everyone chooses for themselves how soon they hear of each topic", "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      auto aino = v.site.signedIn(v.aino);
      CHECK_THAT(bodyOf(aino.get("/fi/account/notices")), Contains("Ei vielä ilmoituksia"));
      v.tellOf(v.topic("1"), "Ensimmäinen");
      v.tellOf(v.topic("2"), "Toinen");
      CHECK_THAT(bodyOf(aino.get("/sv/account/notices")),
                 Contains("Nätverk 1") && Contains("Nätverk 2"));

      const auto pace = [&](PersonId person, const char* mark) {
        return v.host().read([&](ReadTx& tx) { return paceOf(tx, person, v.topic(mark).key); });
      };
      const auto saved = aino.post("/fi/account/notices", {{"topic", "contacts.network:1"},
                                                           {"pace", "daily"},
                                                           {"topic", "contacts.network:9"},
                                                           {"pace", "daily"},
                                                           {"topic", "contacts.network:2"},
                                                           {"pace", "never"}});
      CHECK(saved.status == 303);
      CHECK(pace(v.aino, "1") == Pace::daily);
      CHECK(pace(v.aino, "2") == Pace::never);
      CHECK(pace(v.eero, "1") == Pace::weekly);
      CHECK(v.waitingFor(v.aino) == 1);  // what is switched off is not kept either

      CHECK(aino.post("/fi/account/notices/all", {{"pace", "at_once"}}).status == 303);
      CHECK(pace(v.aino, "1") == Pace::atOnce);
      CHECK(pace(v.aino, "2") == Pace::atOnce);

      CHECK(aino.post("/fi/account/notices/all", {{"pace", "hourly"}}).status == 400);
      CHECK(aino.post("/fi/account/notices", {{"topic", "contacts.network:1"}}).status == 400);
      CHECK(aino.post("/fi/account/notices", {{"topic", "contacts.network:1"}, {"pace", "x"}})
                .status == 400);
      CHECK(pace(v.aino, "1") == Pace::atOnce);
      CHECK(v.site.visitor().get("/fi/account/notices").status == 303);
    }
  }
}

TEST_CASE("a topic that is no more and a thing that was taken back are not told of", "[notices]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.tellOf(v.topic("1"), "Ensimmäinen", "contacts.post:1");
      v.tellOf(v.topic("1"), "Toinen", "contacts.post:2");
      v.tellOf(v.topic("2"), "Kolmas", "contacts.post:3");
      v.host().writeAs({}, [&](WriteTx& tx) {
        withdraw(tx, v.topic("1").key, "contacts.post:1");
        tx.unaudited("a test");
      });
      CHECK(v.waitingFor(v.aino) == 2);
      v.host().writeAs({}, [&](WriteTx& tx) {
        endTopic(tx, v.topic("1").key);
        tx.unaudited("a test");
      });
      CHECK(v.waitingFor(v.aino) == 1);
      CHECK_THAT(bodyOf(v.site.signedIn(v.aino).get("/fi/account/notices")),
                 !Contains("Verkosto 1") && Contains("Verkosto 2"));
    }
  }
}

TEST_CASE("notices of a person can be taken out and forgotten", "[notices][personal-data]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.choose(v.aino, v.topic("2"), Pace::never);
      v.tellOf(v.topic("1"), "Vinkki");
      const auto data = personalData();
      const auto takeOut = [&] {
        return nlohmann::json::parse(
            v.host().read([&](ReadTx& tx) { return data.exporter(tx, v.aino); }));
      };
      CHECK(takeOut().at("choices").size() == 2);
      CHECK(takeOut().at("choices")[1].at("pace") == "never");
      REQUIRE(takeOut().at("waiting").size() == 1);
      CHECK(takeOut().at("waiting")[0].at("title") == "Vinkki");
      v.host().writeAs({}, [&](WriteTx& tx) {
        data.eraser(tx, v.aino);
        tx.unaudited("a test");
      });
      CHECK(takeOut().at("choices").empty());
      CHECK(takeOut().at("waiting").empty());
      CHECK(v.waitingFor(v.eero) == 1);
    }
  }
}
