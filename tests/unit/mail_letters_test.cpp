// Letters are queued in one short row each and written when they go out.
#include <catch2/catch.hpp>

#include <thread>
#include <utility>

#include "databases.h"
#include "mail/message.h"
#include "mail/outbox.h"
#include "mail/outbox_store.h"

using namespace toimela;

namespace {

constexpr Sql kWaiting{"test.letters", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_letter"};

MailMessage messageAbout(std::int64_t about) {
  return {.to = *EmailAddress::parse("reader" + std::to_string(about) + "@example.org"),
          .subject = "About " + std::to_string(about),
          .text = "Text"};
}

void queueLetters(data::Database& database, std::vector<std::int64_t> abouts) {
  database.write({}, [&](WriteTx& tx) {
    for (const auto about : abouts) tx.letter("test.kind", about);
    tx.unaudited("a test");
  });
}

std::size_t outboxSize(data::Database& database) {
  return database.get([](ReadTx& tx) { return mail::listMails(tx, {}, 0, 1000).size(); });
}

}  // namespace

TEST_CASE("queued letters are written once, in their order", "[mail]") {
  for (const auto& fresh : testing::databases()) {
    DYNAMIC_SECTION(fresh.name) {
      auto database = testing::openMigrated(fresh);
      queueLetters(*database, {1, 2, 3});
      CHECK(outboxSize(*database) == 0);

      std::vector<std::int64_t> written;
      const mail::Scribe scribe = [&](ReadTx&, std::string_view kind, std::int64_t about) {
        CHECK(kind == "test.kind");
        written.push_back(about);
        return std::optional(messageAbout(about));
      };
      mail::writeLetters(*database, scribe, [](auto, auto) { FAIL(); });
      mail::writeLetters(*database, scribe, [](auto, auto) { FAIL(); });
      CHECK(written == std::vector<std::int64_t>{1, 2, 3});
      CHECK(outboxSize(*database) == 3);
      CHECK(database->get([](ReadTx& tx) { return tx.value<std::int64_t>(kWaiting); }) == 0);
    }
  }
}

TEST_CASE("a letter that can not be written holds up no other", "[mail]") {
  for (const auto& fresh : testing::databases()) {
    DYNAMIC_SECTION(fresh.name) {
      auto database = testing::openMigrated(fresh);
      queueLetters(*database, {1, 2, 3});
      int failures = 0;
      mail::writeLetters(
          *database,
          [](ReadTx&, std::string_view, std::int64_t about) -> std::optional<MailMessage> {
            if (about == 1) throw std::runtime_error("broken");
            if (about == 2) return std::nullopt;
            return messageAbout(about);
          },
          [&](auto, auto) { ++failures; });
      CHECK(failures == 1);
      CHECK(outboxSize(*database) == 1);
    }
  }
}

TEST_CASE("while letters come faster than they are written, the rest waits for the next time", "[mail]") {
  for (const auto& fresh : testing::databases()) {
    DYNAMIC_SECTION(fresh.name) {
      auto database = testing::openMigrated(fresh);
      const std::vector<std::int64_t> many(150, 7);
      queueLetters(*database, many);
      bool isRush = true;
      const mail::Scribe scribe = [&](ReadTx&, std::string_view, std::int64_t) -> std::optional<MailMessage> {
        // Somebody else queues, while this one writes.
        if (std::exchange(isRush, false)) std::thread([&] { queueLetters(*database, many); }).join();
        return std::nullopt;
      };
      const auto left = [&] { return database->get([](ReadTx& tx) { return tx.value<std::int64_t>(kWaiting); }); };
      mail::writeLetters(*database, scribe, [](auto, auto) { FAIL(); });
      CHECK(left() == 200);
      mail::writeLetters(*database, scribe, [](auto, auto) { FAIL(); });
      CHECK(left() == 0);
    }
  }
}

TEST_CASE("who is asked to stop leaves the letters that are not begun to the next time", "[mail]") {
  for (const auto& fresh : testing::databases()) {
    DYNAMIC_SECTION(fresh.name) {
      auto database = testing::openMigrated(fresh);
      queueLetters(*database, std::vector<std::int64_t>(250, 7));
      std::stop_source stopping;
      const mail::Scribe scribe = [&](ReadTx&, std::string_view, std::int64_t about) {
        stopping.request_stop();
        return std::optional(messageAbout(about));
      };
      const auto left = [&] { return database->get([](ReadTx& tx) { return tx.value<std::int64_t>(kWaiting); }); };
      mail::writeLetters(*database, scribe, [](auto, auto) { FAIL(); }, stopping.get_token());
      CHECK(left() == 150);
      CHECK(outboxSize(*database) == 100);
      mail::writeLetters(*database, scribe, [](auto, auto) { FAIL(); });
      CHECK(left() == 0);
      CHECK(outboxSize(*database) == 250);
    }
  }
}

TEST_CASE("a letter of a change that was rolled back is never written", "[mail]") {
  for (const auto& fresh : testing::databases()) {
    DYNAMIC_SECTION(fresh.name) {
      auto database = testing::openMigrated(fresh);
      CHECK_THROWS(database->write({}, [&](WriteTx& tx) {
        tx.letter("test.kind", 1);
        throw std::runtime_error("no");
      }));
      CHECK(database->get([](ReadTx& tx) { return tx.value<std::int64_t>(kWaiting); }) == 0);
    }
  }
}

TEST_CASE("a calendar goes with a mail as a part that names its method", "[mail]") {
  mail::StoredMail stored{.messageId = "<1@example.org>",
                          .recipient = "reader@example.org",
                          .subject = "Kutsu",
                          .text = "Tervetuloa",
                          .createdAt = Instant{},
                          .calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"};
  const std::string message = mail::compose(stored, "from@example.org");
  CHECK(message.find("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n") != std::string::npos);
  CHECK(message.find("multipart/alternative") != std::string::npos);
  stored.calendar = "BEGIN:VCALENDAR\r\n";
  CHECK_THROWS_AS(mail::compose(stored, "from@example.org"), std::logic_error);
}
