// Questions and answers, without a database.
#include <catch2/catch.hpp>

#include "domain/question.h"

using namespace toimela;
using namespace toimela::events;

namespace {

Question ask(std::string key, QuestionKind kind = QuestionKind::text) {
  return {.id = {static_cast<std::int64_t>(std::hash<std::string>{}(key) % 1'000'000) + 1}, .key = std::move(key), .kind = kind};
}
Question choose(std::string key, std::vector<std::string> options) {
  Question question = ask(std::move(key), QuestionKind::choice);
  for (auto& option : options) question.options.push_back({option, {.fi = option}});
  return question;
}
Question onlyWhen(Question question, std::string key, std::string value) {
  question.condition = Condition{std::move(key), std::move(value)};
  return question;
}
using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("a question that hangs on another is asked only after that answer", "[events][questions]") {
  const std::vector questions{choose("meal", {"yes", "no"}), onlyWhen(ask("diet"), "meal", "yes")};
  CHECK(isAsked(questions[1], {{"meal", {"yes"}}}));
  CHECK_FALSE(isAsked(questions[1], {{"meal", {"no"}}}));
  CHECK_FALSE(isAsked(questions[1], {}));
}

TEST_CASE("what was answered to a question that is not asked does not count", "[events][questions]") {
  const std::vector questions{choose("meal", {"yes", "no"}), onlyWhen(choose("diet", {"vegan", "any"}), "meal", "yes"),
                              onlyWhen(ask("allergy"), "diet", "vegan")};
  const std::vector<Answer> all{{"meal", {"no"}}, {"diet", {"vegan"}}, {"allergy", {"nuts"}}, {"unknown", {"x"}}};
  CHECK(thatCount(questions, all) == std::vector<Answer>{{"meal", {"no"}}});
  std::vector<Answer> yes = all;
  yes[0].values = {"yes"};
  CHECK(thatCount(questions, yes).size() == 3);
}

TEST_CASE("what must be answered is missed only where it is asked", "[events][questions]") {
  auto meal = choose("meal", {"yes", "no"});
  auto diet = onlyWhen(ask("diet"), "meal", "yes");
  meal.isRequired = diet.isRequired = true;
  const std::vector questions{meal, diet};
  CHECK(missing(questions, {}) == Keys{"meal"});
  CHECK(missing(questions, {{"meal", {"no"}}}).empty());
  CHECK(missing(questions, {{"meal", {"yes"}}}) == Keys{"diet"});
  CHECK(missing(questions, {{"meal", {"yes"}}, {"diet", {""}}}).empty());
}

TEST_CASE("keys are made of what is asked, and no two are the same", "[events][questions]") {
  CHECK(newKey("Ruokavalio ja allergiat", {}) == "ruokavalio_ja_allergiat");
  CHECK(newKey("Äänestätkö? Öylätti!", {}) == "aanestatko_oylatti");
  CHECK(newKey("???", {}) == "kysymys");
  CHECK(newKey("Ruoka", {ask("ruoka"), ask("ruoka_2")}) == "ruoka_3");
}

TEST_CASE("a question that can not be asked so says why", "[events][questions]") {
  const std::vector before{choose("meal", {"yes", "no"}), ask("consent", QuestionKind::consent)};
  CHECK_FALSE(problemWith(onlyWhen(ask("diet"), "meal", "yes"), before));
  CHECK_FALSE(problemWith(onlyWhen(ask("diet"), "consent", "1"), before));
  CHECK(problemWith(onlyWhen(ask("diet"), "meal", "maybe"), before) == QuestionProblem::conditionUnknown);
  CHECK(problemWith(onlyWhen(ask("diet"), "later", "yes"), before) == QuestionProblem::conditionUnknown);
  auto ofOthers = onlyWhen(ask("diet"), "meal", "yes");
  ofOthers.askedOf = AskedOf::registration;
  CHECK(problemWith(ofOthers, before) == QuestionProblem::conditionUnknown);
  CHECK(problemWith(choose("one", {"only"}), before) == QuestionProblem::tooFewOptions);
}

TEST_CASE("answers are kept by the keys of their questions", "[events][questions]") {
  const std::vector<Answer> answers{{"diet", {"vegan", "nut_free"}}, {"name", {"\"Å\" <b>"}}};
  CHECK(answersIn(jsonOf(answers)) == answers);
  CHECK(answersIn("{}").empty());
  CHECK(answersIn("not json").empty());
  CHECK(answersIn("[1]").empty());
}

TEST_CASE("what is asked later looks at what was answered first, never the other way round", "[events][questions]") {
  auto dish = onlyWhen(ask("dish"), "meal", "yes"), sauce = onlyWhen(ask("sauce"), "dish", "soup");
  dish.isFollowUp = sauce.isFollowUp = true;
  const std::vector questions{choose("meal", {"yes", "no"}), dish, sauce};
  CHECK(askedFirst(questions).size() == 1);
  CHECK(askedLater(questions, {{"meal", {"no"}}}).empty());
  const auto later = askedLater(questions, {{"meal", {"yes"}}});
  REQUIRE(later.size() == 2);
  CHECK_FALSE(later[0].condition);  // decided already
  CHECK(later[1].condition);

  auto choice = choose("kind", {"a", "b"});
  choice.isFollowUp = true;
  auto early = onlyWhen(ask("early"), "kind", "a"), late = early;
  late.isFollowUp = true;
  CHECK(problemWith(early, {choice}) == QuestionProblem::conditionUnknown);
  CHECK_FALSE(problemWith(late, {choice}));
}

TEST_CASE("changing some answers leaves the others as they are", "[events][questions]") {
  const std::string before = jsonOf({{"meal", {"yes"}}, {"goal", {"rest"}}});
  CHECK(answersIn(withAnswers(before, {ask("meal")}, {{"meal", {"no"}}})) ==
        std::vector<Answer>{{"goal", {"rest"}}, {"meal", {"no"}}});
  CHECK(answersIn(withAnswers(before, {ask("meal")}, {})) == std::vector<Answer>{{"goal", {"rest"}}});
}
