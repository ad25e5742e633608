#include "domain/import.h"

#include <algorithm>

#include "toimela/words.h"

namespace toimela::events {

namespace {

std::string cellOf(const std::vector<std::string>& cells, std::size_t place) {
  return place < cells.size() ? cells[place] : std::string();
}

std::string textOf(const std::vector<std::string>& cells, const ImportLayout& layout, ImportColumn column) {
  const auto place = layout.columns.find(column);
  return place == layout.columns.end() ? std::string() : cellOf(cells, place->second);
}

/// "A; B" as two; what people choose has no ';' in it.
std::vector<std::string> parts(std::string_view text) {
  std::vector<std::string> found;
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    if (std::string part(text.substr(0, end)); part.find_first_not_of(' ') != part.npos) found.push_back(part);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return found;
}

std::optional<std::string> optionNamed(const Question& question, const std::string& text) {
  for (const QuestionOption& option : question.options) {
    if (option.key == text) return option.key;
    for (const Locale locale : kLocales)
      if (!option.label.in(locale).empty() && foldedText(option.label.in(locale)) == foldedText(text)) return option.key;
  }
  return std::nullopt;
}

bool isNo(const std::string& folded) {
  return folded == "0" || folded == "ei" || folded == "nej" || folded == "no";
}

/// The answer that a cell gives; nothing when it is none.
std::optional<Answer> answerOf(const Question& question, const std::string& text) {
  Answer answer{question.key, {}};
  switch (question.kind) {
    case QuestionKind::choice:
    case QuestionKind::several:
      for (const std::string& part : parts(text)) {
        auto option = optionNamed(question, part);
        if (!option) return std::nullopt;
        answer.values.push_back(std::move(*option));
      }
      if (question.kind == QuestionKind::choice && answer.values.size() > 1) return std::nullopt;
      return answer;
    case QuestionKind::consent:
      if (!isNo(foldedText(text))) answer.values = {"1"};
      return answer;
    case QuestionKind::number:
      if (text.empty() || text.size() > 9 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
      answer.values = {text};
      return answer;
    case QuestionKind::date:
      if (!Date::parse(text)) return std::nullopt;
      answer.values = {text};
      return answer;
    case QuestionKind::text:
    case QuestionKind::paragraph:
      if (text.size() > 2000) return std::nullopt;
      answer.values = {text};
      return answer;
    case QuestionKind::file: return std::nullopt;
  }
  return std::nullopt;
}

void readAnswers(ImportedRow& row, const std::vector<std::string>& cells, const ImportLayout& layout,
                 const ImportTerms& terms) {
  std::vector<Answer> answers;
  for (const Question& question : terms.asked) {
    const auto place = layout.answers.find(question.key);
    const std::string text = place == layout.answers.end() ? std::string() : cellOf(cells, place->second);
    if (text.empty()) continue;
    if (auto answer = answerOf(question, text))
      answers.push_back(std::move(*answer));
    else
      row.faults.push_back(ImportFault::answerWrong);
  }
  // An organiser enters people also without what only they can answer, a file; what the table could
  // have said it must say.
  for (const std::string& key : missing(terms.asked, answers)) {
    const auto question = std::ranges::find(terms.asked, key, &Question::key);
    if (question->kind == QuestionKind::file || question->kind == QuestionKind::consent) continue;
    row.faults.push_back(ImportFault::answerMissing);
    break;
  }
  row.participant.answers = jsonOf(thatCount(terms.asked, answers));
}

}  // namespace

std::string_view code(ImportColumn column) {
  switch (column) {
    case ImportColumn::name: return "name";
    case ImportColumn::email: return "email";
    case ImportColumn::organisation: return "organisation";
    case ImportColumn::sector: return "sector";
    case ImportColumn::workshops: return "workshops";
  }
  return "";
}

std::string_view code(ImportFault fault) {
  switch (fault) {
    case ImportFault::nameMissing: return "name_missing";
    case ImportFault::emailWrong: return "email_wrong";
    case ImportFault::sectorUnknown: return "sector_unknown";
    case ImportFault::sectorMissing: return "sector_missing";
    case ImportFault::workshopUnknown: return "workshop_unknown";
    case ImportFault::answerWrong: return "answer_wrong";
    case ImportFault::answerMissing: return "answer_missing";
  }
  return "";
}

std::string foldedText(std::string_view text) {
  std::string folded;
  for (const std::string& word : words::fold(text)) folded.append(folded.empty() ? "" : " ").append(word);
  return folded;
}

std::optional<ImportLayout> layoutOf(const std::vector<std::string>& header, const ImportTerms& terms) {
  ImportLayout layout;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string folded = foldedText(header[i]);
    if (const auto column = terms.columns.find(folded); column != terms.columns.end())
      layout.columns.emplace(column->second, i);
    else if (const auto question = terms.questions.find(folded); question != terms.questions.end())
      layout.answers.emplace(question->second, i);
  }
  return layout.columns.contains(ImportColumn::name) ? std::optional(layout) : std::nullopt;
}

ImportedRow readRow(int number, const std::vector<std::string>& cells, const ImportLayout& layout,
                    const ImportTerms& terms) {
  ImportedRow row{.number = number,
                  .name = textOf(cells, layout, ImportColumn::name),
                  .email = textOf(cells, layout, ImportColumn::email),
                  .organisation = textOf(cells, layout, ImportColumn::organisation),
                  .workshops = textOf(cells, layout, ImportColumn::workshops)};
  if (row.name.empty() || row.name.size() > 400) row.faults.push_back(ImportFault::nameMissing);
  row.participant.name = row.name;
  if (!row.email.empty()) {
    row.participant.email = EmailAddress::parse(row.email);
    if (!row.participant.email) row.faults.push_back(ImportFault::emailWrong);
  }
  if (const std::string sector = textOf(cells, layout, ImportColumn::sector); !sector.empty()) {
    const auto found = terms.sectors.find(foldedText(sector));
    if (found == terms.sectors.end()) row.faults.push_back(ImportFault::sectorUnknown);
    else row.sector = found->second;
  }
  // An organisation of the directory brings its own.
  if (terms.needsSector && !row.sector && row.organisation.empty()) row.faults.push_back(ImportFault::sectorMissing);
  for (const std::string& title : parts(row.workshops)) {
    const auto found = terms.workshops.find(foldedText(title));
    if (found == terms.workshops.end()) row.faults.push_back(ImportFault::workshopUnknown);
    else if (std::ranges::find(row.participant.sessions, found->second) == row.participant.sessions.end())
      row.participant.sessions.push_back(found->second);
  }
  readAnswers(row, cells, layout, terms);
  return row;
}

}  // namespace toimela::events
