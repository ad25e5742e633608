// A session in Pirkanmaa with what people gave in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "decks.h"
#include "operations/results.h"
#include "store/results.h"
#include "store/sessions.h"

namespace toimela::trendcards {

/// An edition with six cards, of the trends 11 to 16.
inline Edition sixCards(DeckId deck) {
  Edition edition = exampleEdition(deck);
  edition.cards.clear();
  for (int number = 1; number <= 6; ++number)
    edition.cards.push_back({.number = number,
                             .trend = 10 + number,
                             .theme = "tyo",
                             .title = "Kortti " + std::to_string(number),
                             .front = "Etupuoli",
                             .back = "- Kysymys?"});
  return edition;
}

struct Workshop : Table {
  explicit Workshop(const testing::FreshDatabase& database) : Table(database) {
    deck = addDeck(std::nullopt);
    edition = write([&](WriteTx& tx) {
      const auto id = store::insertEdition(tx, sixCards(deck));
      store::publishEdition(tx, id);
      return id;
    });
  }

  SessionId hold(Exercise exercise, bool feedsMap = false, std::string_view where = "06") {
    ++held;
    Session session;
    session.plan.region = region(where);
    session.plan.edition = edition;
    session.plan.exercise = exercise;
    session.plan.title = "Syysseminaarin työpaja";
    session.plan.question = "Mikä meillä muuttuu?";
    session.plan.cards = {1, 2, 3, 4, 5, 6};
    session.plan.feedsMap = feedsMap;
    session.code = "CODE" + std::to_string(1000 + held);
    session.createdAt = now() - std::chrono::hours(3);
    session.closesAt = now() + std::chrono::hours(3);
    return write([&](WriteTx& tx) { return store::insertSession(tx, session, "form-" + std::to_string(held)).value(); });
  }
  ParticipantId join(SessionId session, std::optional<Sector> sector = {}) {
    return write([&](WriteTx& tx) {
      store::lockSession(tx, session);
      store::takeSeat(tx, session);
      return store::insertParticipant(tx, session, "client-" + std::to_string(++joined), {.sector = sector});
    });
  }
  void rank(SessionId session, std::vector<int> cards, std::optional<Sector> sector = {}) {
    const auto participant = join(session, sector);
    write([&](WriteTx& tx) {
      store::lockSession(tx, session);
      store::saveRanking(tx, session, {participant, std::move(cards)});
      return 0;
    });
  }
  void place(SessionId session, int card, int likelihood, int impact) {
    const auto participant = join(session);
    write([&](WriteTx& tx) {
      store::lockSession(tx, session);
      store::savePlacement(tx, session, {participant, card, likelihood, impact});
      return 0;
    });
  }
  void give(SessionId session, Contribution contribution) {
    contribution.participant = join(session);
    write([&](WriteTx& tx) {
      store::lockSession(tx, session);
      store::saveContribution(tx, session, "send-" + std::to_string(joined), contribution);
      return 0;
    });
  }
  void end(SessionId session) {
    write([&](WriteTx& tx) {
      store::lockSession(tx, session);
      store::endSession(tx, session);
      return 0;
    });
  }
  /// Four people who agree: 3 before 1 before 2.
  SessionId heldAndEnded(bool feedsMap = false) {
    const auto session = hold(Exercise::rank, feedsMap);
    for (int i = 0; i < 4; ++i) rank(session, {3, 1, 2});
    end(session);
    return session;
  }
  /// As the job does it.
  void count() {
    for (const auto session : read([](ReadTx& tx) { return store::uncounted(tx, now(), 100); }))
      host().writeAs({}, [&](WriteTx& tx) { operations::countNeeds(tx, session); });
  }
  std::string path(SessionId session, std::string_view rest = "") {
    return "/fi/trendcards/sessions/" + session.text() + "/results" + std::string(rest);
  }

  DeckId deck;
  EditionId edition;
  int held = 0, joined = 0;
};

}  // namespace toimela::trendcards
