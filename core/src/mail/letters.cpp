// From letters that were queued to messages in the outbox.
#include "mail/outbox.h"
#include "mail/outbox_store.h"
#include "toimela/bookkeeping.h"

namespace toimela::mail {

namespace {

constexpr int kLettersATime = 100;
const data::Author kScribe{std::nullopt, "core"};

struct Written {
  StoredLetter letter;
  std::optional<MailMessage> message;
};

std::vector<Written> writeNext(data::Database& database, const Scribe& scribe,
                               const std::function<void(std::string_view, const char*)>& failed) {
  return database.get([&](ReadTx& tx) {
    std::vector<Written> written;
    for (StoredLetter& letter : nextLetters(tx, kLettersATime)) {
      std::optional<MailMessage> message;
      try {
        message = scribe(tx, letter.kind, letter.about);
      } catch (const DatabaseUnavailable&) {
        throw;
      } catch (const std::exception& e) {
        failed(letter.kind, e.what());
      }
      written.push_back({std::move(letter), std::move(message)});
    }
    return written;
  });
}

}  // namespace

void queue(WriteTx& tx, std::span<const data::QueuedLetter> letters) { addLetters(tx, letters); }

void writeLetters(data::Database& database, const Scribe& scribe,
                  const std::function<void(std::string_view, const char*)>& failed, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const std::int64_t before = database.get(&lastLetter);
    const auto written = writeNext(database, scribe, failed);
    if (written.empty()) return;
    database.write(kScribe, [&](WriteTx& tx) {
      for (const auto& [letter, message] : written)
        if (takeLetter(tx, letter.id) && message) tx.mail(*message);
      bookkeeping(tx, "letters were queued by changes that are in the log");
    });
    // They come faster than they can be written: whoever brings them needs the database more than the
    // letters do, which lose nothing by waiting for the next time.
    if (database.get(&lastLetter) - before >= kLettersATime) return;
  }
}

}  // namespace toimela::mail
