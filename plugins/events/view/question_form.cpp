#include "view/question_form.h"

#include <algorithm>

namespace toimela::events::view {

namespace {

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::string line;
  for (const char c : text + "\n") {
    if (c != '\n') {
      if (c != '\r') line += c;
      continue;
    }
    if (line.find_first_not_of(" \t") != std::string::npos) lines.push_back(line);
    line.clear();
  }
  return lines;
}

LocalText joined(const std::vector<QuestionOption>& options) {
  LocalText text;
  for (const QuestionOption& option : options)
    for (const Locale locale : kLocales) {
      std::string& lines = text.in(locale);
      if (!option.label.in(locale).empty()) lines.append(lines.empty() ? "" : "\n").append(option.label.in(locale));
    }
  return text;
}

/// An option that was there is known again by its words in any language.
std::string keyFor(const LocalText& label, const Question& before, const std::vector<QuestionOption>& taken) {
  for (const QuestionOption& option : before.options)
    for (const Locale locale : kLocales)
      if (!label.in(locale).empty() && label.in(locale) == option.label.in(locale)) return option.key;
  std::vector<Question> keys;
  for (const auto* options : {&before.options, &taken})
    for (const QuestionOption& option : *options) keys.push_back({.key = option.key});
  return newKey(label.pick(Locale::fi).text, keys);
}

std::vector<QuestionOption> readOptions(const LocalText& typed, const Question& before) {
  const auto fi = linesOf(typed.fi), sv = linesOf(typed.sv), en = linesOf(typed.en);
  std::vector<QuestionOption> options;
  for (std::size_t i = 0; i < std::max({fi.size(), sv.size(), en.size()}); ++i) {
    const LocalText label{i < fi.size() ? fi[i] : "", i < sv.size() ? sv[i] : "", i < en.size() ? en[i] : ""};
    options.push_back({keyFor(label, before, options), label});
  }
  return options;
}

/// "diet=vegan"
std::string text(const Condition& condition) { return condition.key + "=" + condition.value; }

std::optional<Condition> readCondition(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos) return std::nullopt;
  return Condition{text.substr(0, equals), text.substr(equals + 1)};
}

std::vector<Choice> conditionChoices(const std::vector<Question>& others, const Words& words) {
  std::vector<Choice> choices{{"", "events.question.always"}};
  for (const Question& question : others) {
    const std::string label = question.label.pick(words.locale()).text;
    if (question.kind == QuestionKind::consent)
      choices.push_back({text({question.key, "1"}), label + ": " + words.text("events.question.yes"), true});
    for (const QuestionOption& option : question.options)
      choices.push_back({text({question.key, option.key}), label + ": " + option.label.pick(words.locale()).text, true});
  }
  return choices;
}

LocalText inAll(const Texts& texts, std::string_view key) {
  return {texts.get(Locale::fi, key), texts.get(Locale::sv, key), texts.get(Locale::en, key)};
}

}  // namespace

FormSpec questionFields(const std::vector<Question>& others, const Words& words) {
  std::vector<Choice> kinds, who;
  for (const QuestionKind kind : kQuestionKinds)
    kinds.push_back({std::string(code(kind)), "events.question.kind." + std::string(code(kind))});
  for (const AskedOf asked : {AskedOf::participant, AskedOf::registration})
    who.push_back({std::string(code(asked)), "events.question.of." + std::string(code(asked))});
  return {Field::localText("label", "events.question.label").required(),
          Field::localText("hint", "events.question.hint").hint("events.question.hint_hint"),
          Field::choice("kind", "events.question.kind", std::move(kinds)).required(),
          Field::localMultiline("options", "events.question.options").hint("events.question.options_hint"),
          Field::number("megabytes", "events.question.megabytes", 1, kMostMegabytes).hint("events.question.megabytes_hint"),
          Field::choice("asked_of", "events.question.of", std::move(who)).required(),
          Field::flag("followup", "events.question.followup").hint("events.question.followup_hint"),
          Field::flag("required", "events.question.required"),
          Field::choice("condition", "events.question.condition", conditionChoices(others, words))
              .hint("events.question.condition_hint")};
}

void fillQuestion(Form& form, const Question& question) {
  form.fill("label", question.label)
      .fill("hint", question.hint)
      .fill("kind", std::string(code(question.kind)))
      .fill("options", joined(question.options))
      .fill("asked_of", std::string(code(question.askedOf)))
      .fill("megabytes", std::to_string(question.mostMegabytes))
      .fill("followup", question.isFollowUp ? "1" : "")
      .fill("required", question.isRequired ? "1" : "")
      .fill("condition", question.condition ? text(*question.condition) : "");
}

Question readQuestion(const Form& form, const Question& before, const std::vector<Question>& all) {
  Question question{.id = before.id,
                    .key = before.key,
                    .askedOf = parseAskedOf(form.text("asked_of")).value_or(AskedOf::participant),
                    .kind = parseQuestionKind(form.text("kind")).value_or(QuestionKind::text),
                    .label = form.localText("label"),
                    .hint = form.localText("hint"),
                    .isRequired = form.flag("required"),
                    .condition = readCondition(form.text("condition")),
                    .isFollowUp = form.flag("followup"),
                    .mostMegabytes = static_cast<int>(form.number("megabytes").value_or(kUsualMegabytes))};
  if (hasOptions(question.kind)) question.options = readOptions(form.localText("options"), before);
  if (question.key.empty()) question.key = newKey(question.label.pick(Locale::fi).text, all);
  return question;
}

void explain(Form& form, QuestionProblem problem) {
  if (problem == QuestionProblem::tooFewOptions) form.error("options", "events.question.error.options");
  else form.error("condition", "events.question.error.condition");
}

std::vector<View> questionRows(const std::vector<Question>& questions, const Words& words) {
  std::vector<View> rows;
  for (const Question& question : questions) {
    View row;
    row.set("id", question.id.value)
        .text("label", question.label, words.locale())
        .set("key", question.key)
        .set("kind", words.text("events.question.kind." + std::string(code(question.kind))))
        .set("of", words.text("events.question.of." + std::string(code(question.askedOf))))
        .flag("is_required", question.isRequired)
        .flag("is_followup", question.isFollowUp)
        .flag("is_first", &question == &questions.front())
        .set("condition", "");
    if (question.condition)
      for (const Choice& choice : conditionChoices(questions, words))
        if (choice.value == text(*question.condition)) row.set("condition", choice.label);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<Question> readyMade(std::string_view name, const Texts& texts) {
  if (name == "diet") {
    Question question{.key = "diet", .kind = QuestionKind::several, .label = inAll(texts, "events.ready.diet"),
                      .hint = inAll(texts, "events.ready.diet_hint")};
    for (const char* option : {"vegetarian", "vegan", "gluten_free", "lactose_free", "dairy_free", "nut_free"})
      question.options.push_back({option, inAll(texts, "events.ready.diet." + std::string(option))});
    return question;
  }
  if (name == "accessibility")
    return Question{.key = "accessibility", .kind = QuestionKind::paragraph,
                    .label = inAll(texts, "events.ready.accessibility"),
                    .hint = inAll(texts, "events.ready.accessibility_hint")};
  return std::nullopt;
}

}  // namespace toimela::events::view
