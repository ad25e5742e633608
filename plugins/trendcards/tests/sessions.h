// A card session for tests: a deck of eight cards in Pirkanmaa, led by a contact person.
#pragma once

#include <string>
#include <vector>

#include "operations/sessions.h"
#include "store/sessions.h"
#include "tests/decks.h"
#include "toimela/secrets.h"

namespace toimela::trendcards {

struct LiveWorkshop : Table {
  explicit LiveWorkshop(const testing::FreshDatabase& database)
      : Table(database),
        leader(site.person("Liisa", "Ohjaaja", {{Role::contactPerson, kPirkanmaa, {}}})),
        facilitator(site.signedIn(leader)) {
    Edition eight = exampleEdition(addDeck());
    for (int number = 3; number <= 8; ++number) {
      Card card = eight.cards.front();
      card.number = card.trend = number;
      card.title = "Kortti " + std::to_string(number);
      eight.cards.push_back(card);
    }
    edition = write([&](WriteTx& tx) {
      const auto id = store::insertEdition(tx, eight);
      store::publishEdition(tx, id);
      return id;
    });
  }

  SessionPlan plan(Exercise exercise = Exercise::rank) const {
    SessionPlan plan;
    plan.region = kPirkanmaa;
    plan.edition = edition;
    plan.exercise = exercise;
    plan.title = "Tulevaisuustyöpaja";
    plan.cards = {1, 2, 3, 4, 5, 6, 7, 8};
    plan.drawn = 3;
    return plan;
  }
  Session begin(SessionPlan plan, std::string formKey = secrets::random()) {
    const operations::Beginning beginning{.plan = std::move(plan),
                                          .closesAt = now() + std::chrono::hours(2),
                                          .facilitator = leader,
                                          .code = JoinCode::of(secrets::random(48)),
                                          .formKey = std::move(formKey)};
    const std::vector<int> known{1, 2, 3, 4, 5, 6, 7, 8};
    const auto begun =
        host().writeAs(leader, [&](WriteTx& tx) { return operations::begin(tx, beginning, known); });
    return session(std::get<SessionId>(begun));
  }
  Session session(SessionId id) {
    return read([&](ReadTx& tx) { return store::findSession(tx, id).value(); });
  }
  void moveTo(const Session& session, Phase phase) {
    host().writeAs(leader, [&](WriteTx& tx) { return operations::moveTo(tx, session.id, phase); });
  }
  std::variant<Participant, JoinProblem> join(const Session& session, const std::string& key, Arrival arrival = {}) {
    return host().writeAs({}, [&](WriteTx& tx) {
      return operations::join(tx, *JoinCode::parse(session.code), key, arrival, ++luck);
    });
  }
  Participant joined(const Session& session, const std::string& key, Arrival arrival = {}) {
    return std::get<Participant>(join(session, key, std::move(arrival)));
  }
  /// What `work` says when the participant answers now.
  template <class F>
  auto answer(const Session& session, const Participant& participant, F&& work) {
    return host().writeAs({}, [&](WriteTx& tx) {
      return work(tx, operations::Answering{session.id, participant});
    });
  }
  SessionAnswers answers(const Session& session) {
    return read([&](ReadTx& tx) { return store::answersOf(tx, session.id).value(); });
  }

  PersonId leader;
  testing::Visitor facilitator;
  EditionId edition;
  std::uint64_t luck = 0;
};

}  // namespace toimela::trendcards
