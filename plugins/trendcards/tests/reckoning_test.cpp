// Results are read and reckoned once; answers are taken as long as the session lasts, and no longer.
#include <catch2/catch.hpp>

#include <thread>

#include "handlers/reckonings.h"
#include "tests/sessions.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Matchers::Contains;
using handlers::Reckonings;
using testing::bodyOf;
namespace ops = toimela::trendcards::operations;

namespace {

Contribution written(ContributionKind kind, std::string text) {
  Contribution given;
  given.kind = kind;
  given.text = std::move(text);
  return given;
}

auto ranks(const std::vector<int>& cards) {
  return [cards](WriteTx& tx, const ops::Answering& by) { return ops::rank(tx, by, cards); };
}

void endAtOnce(LiveWorkshop& shop, const Session& session) {
  std::thread([&] { shop.host().writeAs(shop.leader, [&](WriteTx& tx) { return ops::end(tx, session.id); }); }).join();
}

}  // namespace

TEST_CASE("a result is reckoned once for everybody who looks, and anew when somebody has answered",
          "[trendcards][reckoning]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan());
    const auto aino = shop.joined(session, "aino"), eero = shop.joined(session, "eero");
    shop.moveTo(session, Phase::voting);
    CHECK_FALSE(shop.answer(session, aino, ranks(aino.hand)));

    Reckonings reckonings;
    const auto first = reckonings.of(shop.host(), session.id);
    REQUIRE(first);
    CHECK(first->result().answered == 1);
    CHECK(reckonings.of(shop.host(), session.id) == first);
    CHECK(&reckonings.of(shop.host(), session.id)->result() == &first->result());
    // An answer that is not taken changes nothing; whoever comes in again, neither.
    CHECK(shop.answer(session, eero, ranks({eero.hand.front()})) == AnswerProblem::incomplete);
    shop.joined(session, "eero");
    CHECK(reckonings.of(shop.host(), session.id) == first);

    CHECK_FALSE(shop.answer(session, eero, ranks(eero.hand)));
    const auto second = reckonings.of(shop.host(), session.id);
    CHECK(second->result().answered == 2);
    CHECK(second->standings().size() == 6);
    // Who has the first one still may use it.
    CHECK(first->result().answered == 1);
    CHECK_FALSE(reckonings.of(shop.host(), SessionId{999}));
  }
}

TEST_CASE("however many ask for a result at once, one of them reads it", "[trendcards][reckoning]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    LiveWorkshop shop(database);
    const Session session = shop.begin(shop.plan());
    Reckonings reckonings;
    std::vector<Reckonings::Kept> got(6);
    std::vector<std::thread> askers;
    for (auto& kept : got) askers.emplace_back([&] { kept = reckonings.of(shop.host(), session.id); });
    for (auto& asker : askers) asker.join();
    for (const auto& kept : got) CHECK(kept == got.front());
  }
}

TEST_CASE("what is kept of sessions is bounded: the one that nobody asks for goes first", "[trendcards][reckoning]") {
  LiveWorkshop shop(testing::databases().front());
  Reckonings reckonings;
  const Session asked = shop.begin(shop.plan()), forgotten = shop.begin(shop.plan());
  const auto kept = reckonings.of(shop.host(), asked.id);
  const auto dropped = reckonings.of(shop.host(), forgotten.id);
  for (int more = 0; more < 7; ++more) {
    reckonings.of(shop.host(), shop.begin(shop.plan()).id);
    CHECK(reckonings.of(shop.host(), asked.id) == kept);
  }
  CHECK(dropped.use_count() == 1);
}

TEST_CASE("nicknames that are forgotten are in no kept result either", "[trendcards][reckoning]") {
  LiveWorkshop shop(testing::databases().front());
  SessionPlan plan = shop.plan();
  plan.naming = Naming::optional;
  const Session session = shop.begin(plan);
  shop.joined(session, "aino", {.nickname = "Aino"});
  Reckonings reckonings;
  CHECK(reckonings.of(shop.host(), session.id)->answers().participants.at(0).nickname == "Aino");
  shop.write([&](WriteTx& tx) {
    store::forgetNicknames(tx, session.id);
    store::forgetFacilitator(tx, shop.leader);
    return 0;
  });
  CHECK(reckonings.of(shop.host(), session.id)->answers().participants.at(0).nickname.empty());
  CHECK_FALSE(reckonings.of(shop.host(), session.id)->session().facilitator);
}

TEST_CASE("an answer that the end overtakes is not taken", "[trendcards][sessions]") {
  for (const auto& database : testing::databases()) {
    // On SQLite nobody ends a session while somebody else's answer is being written.
    if (database.name != "postgresql") continue;
    for (const Exercise exercise : {Exercise::rank, Exercise::impact, Exercise::ideas}) {
      INFO(kExercises.code(exercise));
      LiveWorkshop shop(database);
      const Session session = shop.begin(shop.plan(exercise));
      const auto aino = shop.joined(session, "aino");
      shop.moveTo(session, exercise == Exercise::ideas ? Phase::working : Phase::voting);
      const auto problem = shop.answer(session, aino, [&](WriteTx& tx, const ops::Answering& by) {
        // The page was looked at, and it was open.
        CHECK_FALSE(store::findSession(tx, session.id)->endedAt);
        endAtOnce(shop, session);
        if (exercise == Exercise::rank) return ops::rank(tx, by, aino.hand);
        if (exercise == Exercise::impact) return ops::place(tx, by, {{{}, 1, 2, 3}});
        return ops::contribute(tx, by, "key", written(ContributionKind::idea, "Ruokapiiri"));
      });
      CHECK(problem == AnswerProblem::over);
      const auto answers = shop.answers(session);
      CHECK(answers.rankings.empty());
      CHECK(answers.placements.empty());
      CHECK(answers.contributions.empty());
    }
  }
}

TEST_CASE("a wall that is full takes no more texts, but those on it are put better", "[trendcards][sessions]") {
  LiveWorkshop shop(testing::databases().front());
  const Session session = shop.begin(shop.plan(Exercise::ideas));
  const auto aino = shop.joined(session, "aino");
  shop.moveTo(session, Phase::working);
  const auto says = [&](const std::string& key) {
    return shop.answer(session, aino, [&](WriteTx& tx, const ops::Answering& by) {
      return ops::contribute(tx, by, key, written(ContributionKind::idea, "Ruokapiiri"));
    });
  };
  CHECK_FALSE(says("mine"));
  shop.write([&](WriteTx& tx) {
    for (int i = 1; i < kMostTexts; ++i)
      store::saveContribution(tx, session.id, "other-" + std::to_string(i), written(ContributionKind::idea, "Toinen"));
    return 0;
  });
  CHECK(says("mine once more") == AnswerProblem::tooMany);
  CHECK_FALSE(says("mine"));
  CHECK(shop.host().writeAs(shop.leader, [&](WriteTx& tx) {
    return ops::note(tx, session.id, "note", written(ContributionKind::note, "Huomio"));
  }) == AnswerProblem::tooMany);
}
