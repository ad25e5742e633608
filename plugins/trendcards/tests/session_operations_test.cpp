// Sessions on both databases: what counts, what counts once, and what is refused.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "tests/sessions.h"

using namespace toimela;
using namespace toimela::trendcards;
namespace ops = toimela::trendcards::operations;

namespace {

std::vector<int> reversed(std::vector<int> cards) {
  std::ranges::reverse(cards);
  return cards;
}

Contribution idea(std::string text, std::optional<int> card = {}) {
  Contribution contribution;
  contribution.kind = ContributionKind::idea;
  contribution.text = std::move(text);
  contribution.card = card;
  return contribution;
}

}  // namespace

TEST_CASE("three people draw, rank, change their minds, and each counts once", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan());
    const auto aino = shop.joined(session, "aino"), eero = shop.joined(session, "eero");
    CHECK(aino.hand.size() == 3);
    CHECK(shop.session(session.id).participants == 2);

    const auto ranks = [&](const Participant& who, std::vector<int> order) {
      return shop.answer(session, who, [&](WriteTx& tx, const ops::Answering& by) { return ops::rank(tx, by, order); });
    };
    CHECK(ranks(aino, aino.hand) == AnswerProblem::notNow);
    shop.moveTo(session, Phase::voting);
    CHECK_FALSE(ranks(aino, aino.hand));
    CHECK_FALSE(ranks(aino, aino.hand));
    CHECK_FALSE(ranks(aino, reversed(aino.hand)));
    CHECK_FALSE(ranks(eero, eero.hand));
    CHECK(ranks(eero, {eero.hand[0], eero.hand[1]}) == AnswerProblem::incomplete);
    CHECK(ranks(eero, {eero.hand[0], eero.hand[1], 99}) == AnswerProblem::notYours);

    const SessionAnswers answers = shop.answers(session);
    REQUIRE(answers.rankings.size() == 2);
    CHECK(answers.rankings[0].cards == reversed(aino.hand));
    CHECK(answers.rankings[1].cards == eero.hand);
    CHECK(answers.participants.size() == 2);
    CHECK(answers.participants[0].hand == aino.hand);

    shop.host().writeAs(shop.leader, [&](WriteTx& tx) { return ops::end(tx, session.id); });
    CHECK(ranks(aino, aino.hand) == AnswerProblem::over);
    CHECK(shop.answers(session).rankings[0].cards == reversed(aino.hand));
  }
}

TEST_CASE("who comes twice is one participant with the same cards, also when it is full or over", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    SessionPlan plan = shop.plan();
    plan.ceiling = 2;
    const Session session = shop.begin(plan);
    const auto aino = shop.joined(session, "aino");
    CHECK(shop.joined(session, "aino").id == aino.id);
    CHECK(shop.joined(session, "aino").hand == aino.hand);
    shop.joined(session, "eero");
    CHECK(std::get<JoinProblem>(shop.join(session, "third")) == JoinProblem::full);
    CHECK(shop.joined(session, "aino").id == aino.id);
    shop.host().writeAs(shop.leader, [&](WriteTx& tx) { return ops::end(tx, session.id); });
    CHECK(std::get<JoinProblem>(shop.join(session, "fourth")) == JoinProblem::over);
    CHECK(shop.joined(session, "aino").id == aino.id);
    CHECK(shop.session(session.id).participants == 2);
    Session other = session;
    other.code = "CDFGHJKM";
    CHECK(std::get<JoinProblem>(shop.join(other, "aino")) == JoinProblem::unknown);
  }
}

TEST_CASE("a form sent twice begins one session", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session first = shop.begin(shop.plan(), "form");
    CHECK(shop.begin(shop.plan(), "form").id == first.id);
    CHECK(shop.begin(shop.plan(), "another").id != first.id);
    const auto listed = shop.read([&](ReadTx& tx) { return store::sessionsOf(tx, kPirkanmaa, {}, 10); });
    CHECK(listed.size() == 2);
    CHECK(listed.front().plan.cards.size() == 8);
  }
}

TEST_CASE("an idea that is sent again after a lost connection stands there once", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan(Exercise::ideas));
    const auto aino = shop.joined(session, "aino"), eero = shop.joined(session, "eero");
    shop.moveTo(session, Phase::working);
    const auto says = [&](const Participant& who, const std::string& key, Contribution text) {
      return shop.answer(session, who,
                         [&](WriteTx& tx, const ops::Answering& by) { return ops::contribute(tx, by, key, text); });
    };
    CHECK_FALSE(says(aino, "k1", idea("Ruokapiiri", 2)));
    CHECK_FALSE(says(aino, "k1", idea("Ruokapiiri", 2)));
    CHECK_FALSE(says(aino, "k1", idea("Ruokapiiri kylälle", 3)));
    CHECK_FALSE(says(eero, "k1", idea("Työpankki")));
    CHECK(says(eero, "k2", idea(" ")) == AnswerProblem::textMissing);
    CHECK(says(eero, "k3", idea("x", 99)) == AnswerProblem::notYours);

    auto texts = shop.answers(session).contributions;
    REQUIRE(texts.size() == 2);
    CHECK(texts[0].text == "Ruokapiiri kylälle");
    CHECK(texts[0].card == 3);
    CHECK(texts[1].participant == eero.id);

    const auto dots = [&](const Participant& who, std::map<ContributionId, int> given) {
      return shop.answer(session, who,
                         [&](WriteTx& tx, const ops::Answering& by) { return ops::giveDots(tx, by, given); });
    };
    CHECK(dots(aino, {{texts[0].id, 1}}) == AnswerProblem::notNow);
    shop.moveTo(session, Phase::voting);
    CHECK_FALSE(dots(aino, {{texts[0].id, 1}, {texts[1].id, 2}}));
    CHECK_FALSE(dots(aino, {{texts[1].id, 3}}));
    CHECK_FALSE(dots(eero, {{texts[1].id, 1}}));
    CHECK(dots(eero, {{texts[0].id, 2}, {texts[1].id, 2}}) == AnswerProblem::overBudget);
    CHECK(dots(eero, {{ContributionId{999}, 1}}) == AnswerProblem::notYours);
    texts = shop.answers(session).contributions;
    CHECK(texts[0].dots == 0);
    CHECK(texts[1].dots == 4);
    CHECK(texts[1].voters == 2);

    CHECK(shop.host().writeAs(shop.leader, [&](WriteTx& tx) { return ops::takeAway(tx, session.id, texts[1].id); }));
    CHECK_FALSE(shop.host().writeAs(shop.leader, [&](WriteTx& tx) { return ops::takeAway(tx, session.id, texts[1].id); }));
    CHECK(dots(eero, {{texts[1].id, 1}}) == AnswerProblem::notYours);
    CHECK(shop.answers(session).contributions.size() == 1);
  }
}

TEST_CASE("each group has a story of its own, link by link", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    SessionPlan plan = shop.plan(Exercise::story);
    plan.groups = 2;
    const Session session = shop.begin(plan);
    CHECK(std::get<JoinProblem>(shop.join(session, "lost")) == JoinProblem::groupUnknown);
    const auto aino = shop.joined(session, "aino", {.group = 1}), eero = shop.joined(session, "eero", {.group = 2}),
               sara = shop.joined(session, "sara", {.group = 1});
    shop.moveTo(session, Phase::working);
    const auto goesOn = [&](const Participant& who, const std::string& key, int card) {
      Contribution link;
      link.kind = ContributionKind::link;
      link.card = card;
      link.text = "Lause " + key;
      CHECK_FALSE(shop.answer(session, who, [&](WriteTx& tx, const ops::Answering& by) {
        return ops::contribute(tx, by, key, link);
      }));
    };
    goesOn(aino, "a", 4);
    goesOn(eero, "b", 4);
    goesOn(sara, "c", 2);
    goesOn(aino, "a", 5);
    const auto first = shop.read([&](ReadTx& tx) {
      return store::contributionsOf(tx, session.id, ContributionKind::link, 1);
    });
    REQUIRE(first.size() == 2);
    CHECK(first[0].card == 5);
    CHECK(first[0].position == 1);
    CHECK(first[1].card == 2);
    CHECK(first[1].position == 2);

    const auto withdraws = [&](const Participant& who, ContributionId id) {
      return shop.answer(session, who,
                         [&](WriteTx& tx, const ops::Answering& by) { return ops::withdraw(tx, by, id); });
    };
    CHECK(withdraws(sara, first[0].id) == AnswerProblem::notYours);
    CHECK_FALSE(withdraws(aino, first[0].id));
    CHECK(withdraws(aino, first[0].id) == AnswerProblem::notYours);
  }
}

TEST_CASE("places on the plane are changed one by one and others stay", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan(Exercise::impact));
    const auto aino = shop.joined(session, "aino");
    CHECK(aino.hand.empty());
    shop.moveTo(session, Phase::voting);
    const auto places = [&](std::vector<Placement> placements) {
      return shop.answer(session, aino,
                         [&](WriteTx& tx, const ops::Answering& by) { return ops::place(tx, by, placements); });
    };
    CHECK_FALSE(places({{{}, 1, 2, 3}, {{}, 2, 5, 5}}));
    CHECK_FALSE(places({{{}, 1, 4, 4}}));
    CHECK(places({{{}, 1, 4, 6}}) == AnswerProblem::outOfRange);
    CHECK(places({{{}, 77, 4, 4}}) == AnswerProblem::notYours);
    CHECK(places({}) == AnswerProblem::incomplete);
    const auto answers = shop.answers(session);
    REQUIRE(answers.placements.size() == 2);
    CHECK(answers.placements[0].likelihood == 4);
    CHECK(answers.placements[1].impact == 5);
  }
}

TEST_CASE("a tension and a first step are given once each and put better in place", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan(Exercise::start));
    const auto aino = shop.joined(session, "aino");
    shop.moveTo(session, Phase::working);
    Contribution start;
    start.kind = ContributionKind::start;
    start.text = "Tilat";
    for (const char* key : {"a", "b"}) {
      start.step += key;
      CHECK_FALSE(shop.answer(session, aino, [&](WriteTx& tx, const ops::Answering& by) {
        return ops::contribute(tx, by, key, start);
      }));
    }
    const auto answers = shop.answers(session);
    REQUIRE(answers.contributions.size() == 1);
    CHECK(answers.contributions[0].step == "ab");
  }
}

TEST_CASE("nicknames and facilitators are forgotten, answers stay", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    SessionPlan plan = shop.plan();
    plan.naming = Naming::optional;
    const Session session = shop.begin(plan);
    const auto aino = shop.joined(session, "aino", {.nickname = "Aino"});
    shop.moveTo(session, Phase::voting);
    shop.answer(session, aino, [&](WriteTx& tx, const ops::Answering& by) { return ops::rank(tx, by, aino.hand); });
    CHECK(shop.answers(session).participants[0].nickname == "Aino");
    const auto due = [&](std::chrono::hours later) {
      return shop.read([&](ReadTx& tx) { return store::dueForForgetting(tx, now() + later, 10).size(); });
    };
    CHECK(due(std::chrono::hours(1)) == 0);
    CHECK(due(std::chrono::hours(3)) == 1);
    shop.write([&](WriteTx& tx) {
      store::forgetNicknames(tx, session.id);
      store::forgetFacilitator(tx, shop.leader);
      return 0;
    });
    const auto answers = shop.answers(session);
    CHECK(answers.participants[0].nickname.empty());
    CHECK_FALSE(answers.session.facilitator);
    CHECK(answers.session.isForgotten);
    CHECK(answers.rankings.size() == 1);
    CHECK(due(std::chrono::hours(3)) == 0);
  }
}

TEST_CASE("seats that somebody took and nobody sits in are given to the room again", "[sessions]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    SessionPlan plan = shop.plan();
    plan.ceiling = 5;
    const Session session = shop.begin(plan);
    const auto aino = shop.joined(session, "aino");
    shop.moveTo(session, Phase::voting);
    const auto ranks = [&](const Participant& who) {
      return shop.answer(session, who, [&](WriteTx& tx, const ops::Answering& by) { return ops::rank(tx, by, who.hand); });
    };
    CHECK_FALSE(ranks(aino));
    for (int bot = 0; bot < 4; ++bot) shop.joined(session, "bot " + std::to_string(bot));
    CHECK(std::get<JoinProblem>(shop.join(session, "eero")) == JoinProblem::full);

    const auto lead = [&](auto work) { return shop.host().writeAs(shop.leader, work); };
    CHECK(lead([&](WriteTx& tx) { return ops::setCeiling(tx, session.id, 4); }) == ops::LeadProblem::ceilingTaken);
    CHECK_FALSE(lead([&](WriteTx& tx) { return ops::setCeiling(tx, session.id, 6); }));
    const auto eero = shop.joined(session, "eero");
    CHECK_FALSE(lead([&](WriteTx& tx) { return ops::freeSeats(tx, session.id); }));
    CHECK(shop.session(session.id).participants == 1);
    CHECK(shop.answers(session).participants.size() == 1);
    CHECK(shop.answers(session).rankings.size() == 1);
    // Whoever was taken out gives nothing any more, and comes in again as anybody.
    CHECK_THROWS_AS(ranks(eero), NotFound);
    CHECK_FALSE(ranks(shop.joined(session, "eero")));
    CHECK(shop.session(session.id).participants == 2);
    // As many as are in: the door is closed.
    CHECK_FALSE(lead([&](WriteTx& tx) { return ops::setCeiling(tx, session.id, 2); }));
    CHECK(std::get<JoinProblem>(shop.join(session, "bot")) == JoinProblem::full);
    lead([&](WriteTx& tx) { return ops::end(tx, session.id); });
    CHECK(lead([&](WriteTx& tx) { return ops::freeSeats(tx, session.id); }) == ops::LeadProblem::over);
  }
}
