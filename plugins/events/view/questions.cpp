#include "view/questions.h"

#include <algorithm>

#include "toimela/texts.h"

namespace toimela::events::view {

namespace {

constexpr std::size_t kLongestKept = 1'000;
constexpr std::int64_t kLargestNumber = 1'000'000'000;

std::vector<Choice> choices(const Question& question, const Words& words) {
  std::vector<Choice> found;
  for (const QuestionOption& option : question.options)
    found.push_back({option.key, option.label.pick(words.locale()).text, true});
  return found;
}

Field fieldOf(const Question& question, std::string name, const Words& words) {
  switch (question.kind) {
    case QuestionKind::text: return Field::text(std::move(name), "");
    case QuestionKind::paragraph: return Field::multiline(std::move(name), "").longest(2000);
    case QuestionKind::choice: return Field::choice(std::move(name), "", choices(question, words));
    case QuestionKind::several: return Field::several(std::move(name), "", choices(question, words));
    case QuestionKind::number: return Field::number(std::move(name), "", 0, kLargestNumber);
    case QuestionKind::date: return Field::date(std::move(name), "");
    case QuestionKind::consent: return Field::flag(std::move(name), "");
    case QuestionKind::file: return Field::file(std::move(name), "", std::string(kAcceptedFiles));
  }
  return Field::text(std::move(name), "");
}

/// The name of the file that was sent, or nothing.
std::vector<std::string> nameOfFile(const Form& form, const std::string& field) {
  const auto kept = readKept(form.text(keptField(field)));
  return kept ? std::vector{kept->incoming.name} : std::vector<std::string>();
}

std::string hintOf(const Question& question, const Words& words) {
  std::string hint = question.hint.pick(words.locale()).text;
  if (question.kind == QuestionKind::file)
    hint.append(hint.empty() ? "" : " ").append(words.count("events.question.file_hint", question.mostMegabytes));
  return hint;
}

std::vector<Answer> allAnswers(const Form& form, const std::vector<Question>& questions, const NameOf& nameOf) {
  std::vector<Answer> answers;
  for (const Question& question : questions) {
    Answer answer{question.key, {}};
    if (question.kind == QuestionKind::several)
      answer.values = form.texts(nameOf(question));
    else if (question.kind == QuestionKind::file)
      answer.values = nameOfFile(form, nameOf(question));
    else if (const std::string& text = form.text(nameOf(question)); !text.empty())
      answer.values.push_back(text);
    answers.push_back(std::move(answer));
  }
  return answers;
}

std::string valueInWords(const Question& question, const std::string& value, const Words& words) {
  if (question.kind == QuestionKind::consent) return words.text("events.question.yes");
  for (const QuestionOption& option : question.options)
    if (option.key == value) return option.label.pick(words.locale()).text;
  if (question.kind == QuestionKind::date)
    if (const auto date = Date::parse(value)) return showDate(*date, words.locale());
  return value;
}

}  // namespace

std::vector<Question> askedOf(const std::vector<Question>& questions, AskedOf who) {
  std::vector<Question> asked;
  std::ranges::copy_if(questions, std::back_inserter(asked),
                       [&](const Question& question) { return question.askedOf == who; });
  return asked;
}

void addFields(FormSpec& fields, const std::vector<Question>& questions, const NameOf& nameOf,
               const Words& words) {
  for (const Question& question : questions) {
    std::string label = question.label.pick(words.locale()).text;
    if (question.isRequired) label.append(" (").append(words.text("form.required")).append(")");
    if (question.kind == QuestionKind::file) {
      fields.push_back(Field::hidden(keptField(nameOf(question))));
      fields.back().maxLength = kLongestKept;
    }
    fields.push_back(fieldOf(question, nameOf(question), words).asks(std::move(label), hintOf(question, words)));
  }
}

void checkAnswers(Form& form, const std::vector<Question>& questions, const NameOf& nameOf) {
  for (const std::string& key : missing(questions, allAnswers(form, questions, nameOf))) {
    const auto question =
        std::ranges::find_if(questions, [&](const Question& each) { return each.key == key; });
    const bool isExplained = std::ranges::any_of(
        form.errors(), [&](const Form::Error& error) { return error.field == nameOf(*question); });
    if (isExplained) continue;
    const bool isChoice = hasOptions(question->kind);
    const auto isFile = question->kind == QuestionKind::file;
    form.error(nameOf(*question), isChoice ? "form.error.choose"
                                  : isFile ? "events.question.error.file_missing"
                                  : question->kind == QuestionKind::consent ? "form.error.tick"
                                                                            : "form.error.required");
  }
}

std::vector<Answer> readAnswers(const Form& form, const std::vector<Question>& questions, const NameOf& nameOf) {
  return thatCount(questions, allAnswers(form, questions, nameOf));
}

void fillAnswers(Form& form, const std::vector<Question>& questions, const NameOf& nameOf,
                 const std::string& answers, const std::vector<store::AnswerFile>& files) {
  for (const Answer& answer : thatCount(questions, answersIn(answers))) {
    const auto question = std::ranges::find(questions, answer.key, &Question::key);
    if (question->kind == QuestionKind::several) {
      form.fill(nameOf(*question), answer.values);
    } else if (question->kind == QuestionKind::file) {
      const auto file = std::ranges::find(files, answer.key, &store::AnswerFile::key);
      if (file != files.end()) form.fill(keptField(nameOf(*question)), keptText(*file));
    } else {
      form.fill(nameOf(*question), answer.values.front());
    }
  }
  showFiles(form, questions, nameOf);
}

std::vector<operations::SentFile> filesIn(const Form& form, const std::vector<Question>& questions,
                                          const NameOf& nameOf) {
  std::vector<operations::SentFile> files;
  for (const Answer& answer : readAnswers(form, questions, nameOf)) {
    const auto question = std::ranges::find(questions, answer.key, &Question::key);
    if (question->kind != QuestionKind::file) continue;
    const auto kept = readKept(form.text(keptField(nameOf(*question))));
    if (kept && !kept->present) files.push_back({answer.key, kept->incoming});
  }
  return files;
}

void showFiles(Form& form, const std::vector<Question>& questions, const NameOf& nameOf) {
  for (const Question& question : questions) {
    if (question.kind != QuestionKind::file) continue;
    const auto names = nameOfFile(form, nameOf(question));
    form.fill(nameOf(question), names.empty() ? std::string() : names.front());
  }
}

void explain(Form& form, const std::vector<Question>& questions, const NameOf& nameOf,
             const std::vector<FileProblem>& problems) {
  for (const FileProblem& problem : problems)
    if (std::ranges::any_of(questions, [&](const Question& each) { return nameOf(each) == problem.field; }))
      form.error(problem.field, problem.key, {{"most", std::to_string(problem.mostMegabytes)}});
}

bool asksFiles(const std::vector<Question>& questions) {
  return std::ranges::any_of(questions, [](const Question& each) { return each.kind == QuestionKind::file; });
}

std::vector<View> conditions(const std::vector<Question>& questions, const NameOf& nameOf) {
  std::vector<View> views;
  for (const Question& question : questions) {
    if (!question.condition) continue;
    const auto on = std::ranges::find_if(
        questions, [&](const Question& each) { return each.key == question.condition->key; });
    if (on == questions.end()) continue;
    View view;
    view.set("field", nameOf(question)).set("on", nameOf(*on)).set("value", question.condition->value);
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<AnswerInWords> inWords(const std::vector<Question>& questions, const std::string& json,
                                   const Words& words) {
  std::vector<AnswerInWords> lines;
  for (const Answer& answer : thatCount(questions, answersIn(json))) {
    const auto question =
        std::ranges::find_if(questions, [&](const Question& each) { return each.key == answer.key; });
    std::string text;
    for (const std::string& value : answer.values)
      text.append(text.empty() ? "" : ", ").append(valueInWords(*question, value, words));
    lines.push_back({answer.key, question->label.pick(words.locale()).text, std::move(text),
                     question->kind == QuestionKind::file});
  }
  return lines;
}

}  // namespace toimela::events::view
