// The rules of a card session, without a database.
#include "domain/session.h"

#include <catch2/catch.hpp>

#include <numeric>
#include <random>
#include <set>

using namespace toimela;
using namespace toimela::trendcards;

namespace {

SessionPlan planOf(Exercise exercise) {
  SessionPlan plan{.region = *RegionCode::parse("06"), .edition = {1}};
  plan.exercise = exercise;
  plan.cards = {1, 2, 3, 4, 5, 6};
  return plan;
}

Contribution textOf(ContributionKind kind, std::string text) {
  Contribution contribution;
  contribution.kind = kind;
  contribution.text = std::move(text);
  return contribution;
}

}  // namespace

TEST_CASE("every exercise begins in the lobby, ends with its result and goes one way", "[session]") {
  for (const Exercise exercise : kExercises) {
    INFO(kExercises.code(exercise));
    const auto phases = phasesOf(exercise);
    CHECK(phases.front() == Phase::lobby);
    CHECK(phases.back() == Phase::done);
    std::vector<Phase> walked{Phase::lobby};
    while (const auto next = nextPhase(exercise, walked.back())) walked.push_back(*next);
    CHECK(std::ranges::equal(walked, phases));
  }
  CHECK_FALSE(hasPhase(Exercise::rank, Phase::working));
  CHECK_FALSE(nextPhase(Exercise::rank, Phase::working));
  CHECK(hasPhase(Exercise::ideas, Phase::voting));
}

TEST_CASE("a text is taken in the phase of its exercise only, a note as long as people are at work", "[session]") {
  CHECK(isTaken(Exercise::ideas, ContributionKind::idea, Phase::working));
  CHECK_FALSE(isTaken(Exercise::ideas, ContributionKind::idea, Phase::voting));
  CHECK_FALSE(isTaken(Exercise::rank, ContributionKind::idea, Phase::working));
  CHECK_FALSE(isTaken(Exercise::story, ContributionKind::tension, Phase::working));
  for (const Phase phase : {Phase::discussing, Phase::working, Phase::voting})
    CHECK(isTaken(Exercise::rank, ContributionKind::note, phase));
  CHECK_FALSE(isTaken(Exercise::rank, ContributionKind::note, Phase::lobby));
  CHECK_FALSE(isTaken(Exercise::rank, ContributionKind::note, Phase::done));
}

TEST_CASE("a session needs cards of its edition, and as many as everybody draws", "[session]") {
  const std::vector<int> known{1, 2, 3, 4, 5, 6, 7};
  SessionPlan plan = planOf(Exercise::rank);
  plan.drawn = 6;
  CHECK_FALSE(check(plan, known));
  plan.cards = {1, 2, 3};
  CHECK(check(plan, known) == PlanProblem::tooFewToDraw);
  plan.cards = {};
  CHECK(check(plan, known) == PlanProblem::noCards);
  plan.cards = {1, 2, 3, 4, 5, 99};
  CHECK(check(plan, known) == PlanProblem::cardUnknown);
  plan = planOf(Exercise::tension);
  plan.cards = {1};
  CHECK(check(plan, known) == PlanProblem::tooFewForExercise);
  plan.exercise = Exercise::ideas;
  CHECK_FALSE(check(plan, known));
}

TEST_CASE("a code is read however it is typed, and has no signs that look alike", "[session]") {
  const auto code = JoinCode::parse("kx7m-2rpq");
  CHECK_FALSE(code);  // 2 is read as Z
  const auto typed = JoinCode::parse(" kx7m 4rPq ");
  REQUIRE(typed);
  CHECK(typed->text() == "KX7M4RPQ");
  CHECK(typed->shown() == "KX7M-4RPQ");
  CHECK(JoinCode::parse(typed->shown()) == typed);
  for (const char* wrong : {"", "KX7M4RP", "KX7M4RPQQ", "KX7M4RP0", "KX7M4RPÖ", "KX7M4RP/", "KX7M4RP\n"})
    CHECK_FALSE(JoinCode::parse(wrong));
}

TEST_CASE("codes are spread evenly over all signs", "[session]") {
  std::mt19937 luck(7);
  std::map<char, int> times;
  std::set<std::string> codes;
  for (int i = 0; i < 4'000; ++i) {
    std::string random(64, ' ');
    for (char& letter : random)
      letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[luck() % 64];
    const JoinCode code = JoinCode::of(random);
    CHECK(JoinCode::parse(code.text()) == code);
    codes.insert(code.text());
    for (const char sign : code.text()) ++times[sign];
  }
  CHECK(codes.size() == 4'000);
  CHECK(times.size() == 22);
  // 32,000 signs, 1,455 of each; five standard deviations are 186.
  for (const auto& [sign, count] : times) CHECK(std::abs(count - 32'000 / 22) < 186);
  CHECK_THROWS_AS(JoinCode::of("short"), std::invalid_argument);
  CHECK_THROWS_AS(JoinCode::of(std::string(60, '_')), std::invalid_argument);
}

TEST_CASE("an anonymous session keeps no names, a named one asks for them", "[session]") {
  SessionPlan plan = planOf(Exercise::rank);
  Arrival aino{.nickname = "Aino", .group = 3, .sector = Sector::association};
  CHECK_FALSE(admit(plan, aino));
  CHECK(aino.nickname.empty());
  CHECK(aino.group == 0);
  CHECK_FALSE(aino.sector);

  plan.naming = Naming::required;
  Arrival nobody{.nickname = "  "};
  CHECK(admit(plan, nobody) == JoinProblem::nicknameMissing);
  plan.naming = Naming::optional;
  CHECK_FALSE(admit(plan, nobody));

  plan.groups = 4;
  plan.asksSector = true;
  Arrival lost{.group = 5};
  CHECK(admit(plan, lost) == JoinProblem::groupUnknown);
  lost.group = 0;
  CHECK(admit(plan, lost) == JoinProblem::groupUnknown);
  Arrival eero{.group = 4, .sector = Sector::company};
  CHECK_FALSE(admit(plan, eero));
  CHECK(eero.sector == Sector::company);
}

TEST_CASE("cards are dealt so that all of them are in about as many hands", "[session]") {
  std::mt19937 luck(3);
  const auto below = [&](std::size_t most) { return luck() % most; };
  std::vector<int> cards(24);
  std::iota(cards.begin(), cards.end(), 1);
  std::map<int, int> dealt;
  for (int participant = 0; participant < 50; ++participant) {
    const auto hand = deal(cards, dealt, 4, below);
    REQUIRE(hand.size() == 4);
    CHECK(std::set<int>(hand.begin(), hand.end()).size() == 4);
    for (const int card : hand) ++dealt[card];
  }
  const auto [fewest, most] =
      std::ranges::minmax_element(dealt, {}, [](const auto& entry) { return entry.second; });
  CHECK(dealt.size() == 24);
  CHECK(most->second - fewest->second <= 1);
  CHECK(deal({1, 2, 3}, {}, 6, below).size() == 3);
}

TEST_CASE("an order has every card of the hand once", "[session]") {
  const std::vector<int> hand{4, 9, 2};
  CHECK_FALSE(checkRanking(hand, {2, 4, 9}));
  CHECK(checkRanking(hand, {2, 4}) == AnswerProblem::incomplete);
  CHECK(checkRanking(hand, {2, 4, 4}) == AnswerProblem::incomplete);
  CHECK(checkRanking(hand, {2, 4, 9, 9}) == AnswerProblem::incomplete);
  CHECK(checkRanking(hand, {2, 4, 7}) == AnswerProblem::notYours);
  CHECK(checkRanking(hand, {}) == AnswerProblem::incomplete);

  CHECK(rankedBy({{4, 2}, {9, 3}, {2, 1}}) == std::vector{2, 4, 9});
  CHECK_FALSE(rankedBy({{4, 1}, {9, 1}, {2, 3}}));
  CHECK_FALSE(rankedBy({{4, 1}, {9, 2}, {2, 4}}));
  CHECK_FALSE(rankedBy({{4, 0}, {9, 2}, {2, 1}}));
}

TEST_CASE("a place on the plane is from 1 to 5 both ways, for a card of the session", "[session]") {
  const SessionPlan plan = planOf(Exercise::impact);
  CHECK_FALSE(checkPlacement(plan, {{1}, 3, 1, 5}));
  CHECK(checkPlacement(plan, {{1}, 3, 0, 5}) == AnswerProblem::outOfRange);
  CHECK(checkPlacement(plan, {{1}, 3, 1, 6}) == AnswerProblem::outOfRange);
  CHECK(checkPlacement(plan, {{1}, 8, 1, 1}) == AnswerProblem::notYours);
}

TEST_CASE("nobody gives more dots than there are, also not with tricks", "[session]") {
  SessionPlan plan = planOf(Exercise::ideas);
  plan.dots = 3;
  const std::vector<ContributionId> ideas{{1}, {2}, {3}};
  CHECK_FALSE(checkDots(plan, ideas, {{{1}, 2}, {{3}, 1}}));
  CHECK_FALSE(checkDots(plan, ideas, {}));
  CHECK(checkDots(plan, ideas, {{{1}, 2}, {{3}, 2}}) == AnswerProblem::overBudget);
  CHECK(checkDots(plan, ideas, {{{1}, 4}, {{3}, -1}}) == AnswerProblem::outOfRange);
  CHECK(checkDots(plan, ideas, {{{7}, 1}}) == AnswerProblem::notYours);
  CHECK(checkDots(plan, ideas, {{{1}, 2'147'483'647}, {{2}, 2'147'483'647}}) == AnswerProblem::overBudget);
}

TEST_CASE("a text has words, is not too long and is about cards of the session", "[session]") {
  const SessionPlan plan = planOf(Exercise::ideas);
  CHECK_FALSE(checkContribution(plan, textOf(ContributionKind::idea, "Ruokapiiri"), 0));
  CHECK(checkContribution(plan, textOf(ContributionKind::idea, " \n "), 0) == AnswerProblem::textMissing);
  std::string letters;
  for (int i = 0; i < 500; ++i) letters += "ä";
  CHECK_FALSE(checkContribution(plan, textOf(ContributionKind::idea, letters), 0));
  CHECK(checkContribution(plan, textOf(ContributionKind::idea, letters + "ä"), 0) == AnswerProblem::tooLong);
  CHECK(checkContribution(plan, textOf(ContributionKind::idea, "x"), kMostContributions) == AnswerProblem::tooMany);

  Contribution about = textOf(ContributionKind::note, "x");
  about.card = 77;
  CHECK(checkContribution(plan, about, 0) == AnswerProblem::notYours);
  Contribution link = textOf(ContributionKind::link, "Ja sitten");
  CHECK(checkContribution(plan, link, 0) == AnswerProblem::notYours);
  link.card = 2;
  CHECK_FALSE(checkContribution(plan, link, 0));
  Contribution between = textOf(ContributionKind::tension, "Ristiriita");
  between.card = 1;
  CHECK(checkContribution(plan, between, 0) == AnswerProblem::notYours);
  between.otherCard = 1;
  CHECK(checkContribution(plan, between, 0) == AnswerProblem::notYours);
  between.otherCard = 2;
  CHECK_FALSE(checkContribution(plan, between, 0));
}

TEST_CASE("a first step may stand without an offer, but something has to be there", "[session]") {
  const SessionPlan plan = planOf(Exercise::start);
  Contribution start;
  start.kind = ContributionKind::start;
  CHECK(checkContribution(plan, start, 0) == AnswerProblem::textMissing);
  start.step = "Soitetaan ensi viikolla";
  CHECK_FALSE(checkContribution(plan, start, 0));
}

TEST_CASE("the timer goes on from its end, or begins anew when it has run out", "[session]") {
  using namespace std::chrono_literals;
  const Instant start{1'000'000ms};
  CHECK(extended(std::nullopt, start, 5min) == start + 5min);
  CHECK(extended(start + 2min, start, 5min) == start + 7min);
  CHECK(extended(start - 2min, start, 5min) == start + 5min);
  CHECK(extended(start + 239min, start, 5min) == start + 240min);
}

TEST_CASE("a session is over when it was ended, or when its time is over", "[session]") {
  using namespace std::chrono_literals;
  Session session;
  session.closesAt = Instant{1'000'000ms};
  CHECK_FALSE(session.isOver(session.closesAt - 1ms));
  CHECK(session.isOver(session.closesAt));
  session.endedAt = session.closesAt - 5min;
  CHECK(session.isOver(session.closesAt - 5min));
  CHECK(session.overSince() == session.endedAt);
}
