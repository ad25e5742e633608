// What came of a session, reckoned from its answers.
#include "domain/result.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace toimela;
using namespace toimela::trendcards;

namespace {

Contribution contribution(int id, ContributionKind kind, std::string text, int dots = 0, int voters = 0) {
  Contribution each;
  each.id = {id};
  each.kind = kind;
  each.text = std::move(text);
  each.dots = dots;
  each.voters = voters;
  each.participant = ParticipantId{id};
  return each;
}

}  // namespace

TEST_CASE("an order of cards is what the rankings say together", "[trendcards][result]") {
  SessionAnswers answers;
  for (int p = 1; p <= 5; ++p) {
    answers.participants.push_back({.id = {p}});
    answers.rankings.push_back({{p}, {3, 1, 2, 4}});
  }
  answers.participants.push_back({.id = {6}});
  const Result result = resultOf(answers);
  CHECK(result.participants == 6);
  CHECK(result.answered == 5);
  REQUIRE(result.ranking.size() == 4);
  CHECK(result.ranking.front().item == 3);
  CHECK(result.ranking.front().weight == Approx(100));
  CHECK(result.agreement.strength == Strength::strong);
  CHECK_FALSE(result.isEmpty());
}

TEST_CASE("the plane has medians and quartiles, the most pressing card first", "[trendcards][result]") {
  SessionAnswers answers;
  for (int p = 1; p <= 5; ++p) {
    answers.placements.push_back({{p}, 1, p, 3});      // likelihood all over the scale
    answers.placements.push_back({{p}, 2, 4, 5});
  }
  answers.placements.push_back({{1}, 3, 1, 1});
  const Result result = resultOf(answers);
  REQUIRE(result.plane.size() == 3);
  CHECK(result.plane[0].card == 2);
  CHECK(result.plane[0].impact.median == Approx(5));
  CHECK_FALSE(result.plane[0].isDivided());
  CHECK(result.plane[1].card == 1);
  CHECK(result.plane[1].likelihood.lowerQuartile == Approx(2));
  CHECK(result.plane[1].likelihood.upperQuartile == Approx(4));
  CHECK(result.plane[1].isDivided());
  CHECK(result.plane[2].card == 3);
  CHECK(result.plane[2].likelihood.count == 1);
}

TEST_CASE("four people who differ are too few to speak of division", "[trendcards][result]") {
  SessionAnswers answers;
  for (int p = 1; p <= 4; ++p) answers.placements.push_back({{p}, 1, p % 2 ? 1 : 5, 3});
  CHECK_FALSE(resultOf(answers).plane.front().isDivided());
  answers.placements.push_back({{5}, 1, 1, 3});
  CHECK(resultOf(answers).plane.front().isDivided());
}

TEST_CASE("ideas stand by their dots, and as many dots share a place", "[trendcards][result]") {
  SessionAnswers answers;
  answers.contributions = {contribution(1, ContributionKind::idea, "Yhteinen iltapäivä", 3, 1),
                           contribution(2, ContributionKind::idea, "Kummiyritykset", 5, 3),
                           contribution(3, ContributionKind::idea, "Kiertävä näyttely", 3, 2),
                           contribution(4, ContributionKind::note, "Muistetaan kuntavaalit")};
  const Result result = resultOf(answers);
  REQUIRE(result.ideas.size() == 3);
  CHECK(result.ideas[0].idea.text == "Kummiyritykset");
  CHECK(result.ideas[0].place == 1);
  CHECK(result.ideas[1].idea.text == "Kiertävä näyttely");  // as many dots, from more people
  CHECK(result.ideas[1].place == 2);
  CHECK(result.ideas[2].place == 2);
}

TEST_CASE("a story is told group by group in the order of its cards", "[trendcards][result]") {
  SessionAnswers answers;
  const auto link = [&](int id, int group, int position, std::string text) {
    Contribution each = contribution(id, ContributionKind::link, std::move(text));
    each.group = group;
    each.position = position;
    answers.contributions.push_back(each);
  };
  link(1, 2, 1, "Toinen ryhmä aloittaa.");
  link(2, 1, 2, "Sitten se jatkuu.");
  link(3, 1, 1, "Ensin jotain tapahtuu.");
  const Result result = resultOf(answers);
  REQUIRE(result.stories.size() == 2);
  CHECK(result.stories[0].group == 1);
  CHECK(result.stories[0].links[0].text == "Ensin jotain tapahtuu.");
  CHECK(result.stories[0].links[1].text == "Sitten se jatkuu.");
  CHECK(result.stories[1].group == 2);
}

TEST_CASE("notes stand with their cards, those about none last", "[trendcards][result]") {
  SessionAnswers answers;
  Contribution general = contribution(1, ContributionKind::note, "Kiitos kaikille");
  Contribution ofCard = contribution(2, ContributionKind::note, "Tästä puhuttiin pitkään");
  ofCard.card = 4;
  answers.contributions = {general, ofCard};
  const Result result = resultOf(answers);
  REQUIRE(result.notes.size() == 2);
  CHECK(result.notes[0].card == 4);
  CHECK_FALSE(result.notes[1].card);
  CHECK(result.notes[1].notes.front().text == "Kiitos kaikille");
}

TEST_CASE("a session in which nobody answered has an empty result", "[trendcards][result]") {
  SessionAnswers answers;
  answers.participants = {{.id = {1}}};
  const Result result = resultOf(answers);
  CHECK(result.isEmpty());
  CHECK(result.answered == 0);
  CHECK(result.agreement.strength == Strength::tooLittle);
}
