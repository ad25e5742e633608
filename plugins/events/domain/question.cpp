#include "domain/question.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace toimela::events {

namespace {

const Answer* find(const std::vector<Answer>& answers, std::string_view key) {
  const auto found = std::ranges::find_if(answers, [&](const Answer& answer) { return answer.key == key; });
  return found == answers.end() ? nullptr : &*found;
}

/// The letters that names of keys are made of; å, ä and ö lose their dots.
std::string plain(std::string_view label) {
  std::string key;
  for (std::size_t i = 0; i < label.size() && key.size() < 40; ++i) {
    const auto c = static_cast<unsigned char>(label[i]);
    if (c < 0x80 && std::isalnum(c)) {
      key += static_cast<char>(std::tolower(c));
    } else if (c == 0xc3 && i + 1 < label.size()) {
      const auto next = static_cast<unsigned char>(label[++i]);
      if (next == 0xa4 || next == 0x84 || next == 0xa5 || next == 0x85) key += 'a';
      if (next == 0xb6 || next == 0x96) key += 'o';
    } else if (!key.empty() && key.back() != '_') {
      key += '_';
    }
  }
  while (key.ends_with('_')) key.pop_back();
  return key.empty() ? "kysymys" : key;
}

}  // namespace

bool isAsked(const Question& question, const std::vector<Answer>& answers) {
  if (!question.condition) return true;
  const Answer* answer = find(answers, question.condition->key);
  return answer && std::ranges::find(answer->values, question.condition->value) != answer->values.end();
}

std::vector<Answer> thatCount(const std::vector<Question>& questions, const std::vector<Answer>& answers) {
  // A question may hang on one that is not asked itself: only what counts is looked at.
  std::vector<Answer> counting;
  for (const Question& question : questions) {
    const Answer* answer = find(answers, question.key);
    if (answer && !answer->values.empty() && isAsked(question, counting)) counting.push_back(*answer);
  }
  return counting;
}

std::vector<std::string> missing(const std::vector<Question>& questions, const std::vector<Answer>& answers) {
  const auto counting = thatCount(questions, answers);
  std::vector<std::string> keys;
  for (const Question& question : questions)
    if (question.isRequired && isAsked(question, counting) && !find(counting, question.key))
      keys.push_back(question.key);
  return keys;
}

std::vector<Question> askedFirst(const std::vector<Question>& questions) {
  std::vector<Question> asked;
  std::ranges::copy_if(questions, std::back_inserter(asked),
                       [](const Question& question) { return !question.isFollowUp; });
  return asked;
}

std::vector<Question> askedLater(const std::vector<Question>& questions, const std::vector<Answer>& answered) {
  const auto first = askedFirst(questions);
  const auto counting = thatCount(first, answered);
  std::vector<Question> asked;
  for (Question question : questions) {
    if (!question.isFollowUp) continue;
    const bool hangsOnFirst = question.condition && std::ranges::any_of(first, [&](const Question& each) {
      return each.key == question.condition->key;
    });
    if (hangsOnFirst && !isAsked(question, counting)) continue;
    if (hangsOnFirst) question.condition.reset();
    asked.push_back(std::move(question));
  }
  // What hangs on a question that is not asked is not asked either.
  std::erase_if(asked, [&](const Question& question) {
    return question.condition && std::ranges::none_of(asked, [&](const Question& each) {
      return each.key == question.condition->key;
    });
  });
  return asked;
}

std::string withAnswers(const std::string& json, const std::vector<Question>& questions,
                        const std::vector<Answer>& answers) {
  auto all = answersIn(json);
  std::erase_if(all, [&](const Answer& answer) {
    return std::ranges::any_of(questions, [&](const Question& each) { return each.key == answer.key; });
  });
  std::ranges::copy(answers, std::back_inserter(all));
  return jsonOf(all);
}

std::string newKey(std::string_view label, const std::vector<Question>& taken) {
  const std::string wanted = plain(label);
  const auto isTaken = [&](const std::string& key) {
    return std::ranges::any_of(taken, [&](const Question& question) { return question.key == key; });
  };
  std::string key = wanted;
  for (int number = 2; isTaken(key); ++number) key = wanted + "_" + std::to_string(number);
  return key;
}

std::optional<QuestionProblem> problemWith(const Question& question, const std::vector<Question>& before) {
  if (hasOptions(question.kind) && question.options.size() < 2) return QuestionProblem::tooFewOptions;
  if (!question.condition) return std::nullopt;
  const auto on = std::ranges::find_if(before, [&](const Question& each) {
    return each.key == question.condition->key && each.askedOf == question.askedOf && each.id != question.id &&
           (question.isFollowUp || !each.isFollowUp);
  });
  if (on == before.end()) return QuestionProblem::conditionUnknown;
  const bool isPossible =
      on->kind == QuestionKind::consent
          ? question.condition->value == "1"
          : std::ranges::any_of(on->options, [&](const QuestionOption& option) {
              return option.key == question.condition->value;
            });
  return isPossible ? std::nullopt : std::optional(QuestionProblem::conditionUnknown);
}

std::string jsonOf(const std::vector<Answer>& answers) {
  auto json = nlohmann::ordered_json::object();
  for (const Answer& answer : answers) json[answer.key] = answer.values;
  return json.dump();
}

std::vector<Answer> answersIn(const std::string& text) {
  std::vector<Answer> answers;
  const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  if (!json.is_object()) return answers;
  for (const auto& [key, values] : json.items()) {
    Answer answer{key, {}};
    if (values.is_array())
      for (const auto& value : values)
        if (value.is_string()) answer.values.push_back(value.get<std::string>());
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace toimela::events
