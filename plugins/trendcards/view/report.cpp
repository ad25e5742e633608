#include "view/report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "toimela/texts.h"

namespace toimela::trendcards::view {

namespace {

using spreadsheet::Cell;

/// The words of a report, and the cards it speaks of.
class Writing {
 public:
  Writing(const Outcome& outcome, const Words& words) : outcome_(outcome), words_(words) {}

  const std::string& text(const std::string& key) const { return words_.text("trendcards.results." + key); }
  std::string format(const std::string& key, const std::vector<TextArgument>& arguments) const {
    return words_.format("trendcards.results." + key, arguments);
  }
  std::string count(const std::string& key, std::int64_t count) const {
    return words_.count("trendcards.results." + key, count);
  }
  const std::string& card(std::optional<int> number) const {
    static const std::string kNone;
    const Card* card = number ? outcome_.edition.numbered(*number) : nullptr;
    return card ? card->title : kNone;
  }
  Cell number(std::optional<int> number) const { return number ? Cell(std::int64_t{*number}) : Cell(); }
  std::string group(int group) const {
    return group == 0 ? std::string() : format("group", {{"number", std::int64_t{group}}});
  }

  ReportColumn label(const std::string& key) const { return {.label = text("column." + key)}; }
  ReportColumn figure(const std::string& key) const { return {.label = text("column." + key), .isNumber = true}; }
  ReportColumn cardTitle() const { return {.label = text("column.card"), .isContent = true}; }

  ReportSection section(const std::string& key) const {
    return {.key = key, .heading = text(key + ".title"), .sentences = {}, .plane = {}, .table = std::nullopt};
  }
  const Result& result() const { return outcome_.result; }
  const Words& words() const { return words_; }
  bool hasGroups() const { return outcome_.session.plan.groups > 0; }

 private:
  const Outcome& outcome_;
  const Words& words_;
};

double rounded(double value) { return static_cast<double>(static_cast<std::int64_t>(value * 10 + 0.5)) / 10; }

ReportSection rankingSection(const Writing& w) {
  ReportSection section = w.section("ranking");
  section.sentences = agreementSentences(w.result().agreement, w.words());
  section.sentences.push_back(w.text("ranking.weight"));
  ReportTable table{.columns = {w.figure("place"), w.figure("number"), w.cardTitle(), w.figure("weight"),
                                w.figure("people"), w.figure("first")},
                    .rows = {}};
  table.columns[3].isBar = true;
  std::int64_t place = 0;
  for (const RankedItem& item : w.result().ranking) {
    const int number = static_cast<int>(item.item);
    table.rows.push_back({++place, std::int64_t{number}, w.card(number), std::int64_t(item.weight + 0.5), item.people,
                          item.first});
  }
  section.table = std::move(table);
  return section;
}

ReportSection planeSection(const Writing& w) {
  ReportSection section = w.section("plane");
  section.across = w.label("likelihood").label;
  section.up = w.label("impact").label;
  section.sentences.push_back(w.text("plane.explained"));
  ReportTable table{.columns = {w.figure("number"), w.cardTitle(), w.figure("likelihood"), w.figure("likelihood_middle"),
                                w.figure("impact"), w.figure("impact_middle"), w.figure("people"), w.label("spread")},
                    .rows = {}};
  const Locale locale = w.words().locale();
  const auto middle = [&](const Spread& spread) {
    return decimalText(spread.lowerQuartile, 1, locale) + "–" + decimalText(spread.upperQuartile, 1, locale);
  };
  std::vector<std::string> divided;
  for (const PlacedCard& card : w.result().plane) {
    section.plane.push_back({card.card, card.likelihood, card.impact});
    table.rows.push_back({std::int64_t{card.card}, w.card(card.card), rounded(card.likelihood.median),
                          middle(card.likelihood), rounded(card.impact.median), middle(card.impact),
                          card.likelihood.count,
                          w.text(card.likelihood.count < kFewestToDivide ? "spread.too_few"
                                 : card.isDivided()                       ? "spread.divided"
                                                                         : "spread.alike")});
    if (card.isDivided()) divided.push_back(w.card(card.card));
  }
  if (!divided.empty()) {
    std::string names;
    for (const std::string& name : divided) names.append(names.empty() ? "" : ", ").append(name);
    section.sentences.push_back(w.format("plane.divided", {{"cards", names}}));
  }
  section.table = std::move(table);
  return section;
}

ReportSection ideasSection(const Writing& w) {
  ReportSection section = w.section("ideas");
  ReportTable table{.columns = {w.figure("place"), w.label("idea"), w.cardTitle(), w.figure("dots"), w.figure("voters")},
                    .rows = {}};
  for (const PlacedIdea& placed : w.result().ideas)
    table.rows.push_back({placed.place, placed.idea.text, w.card(placed.idea.card), std::int64_t{placed.idea.dots},
                          std::int64_t{placed.idea.voters}});
  section.table = std::move(table);
  return section;
}

ReportSection tensionSection(const Writing& w) {
  ReportSection section = w.section("tensions");
  ReportTable table{.columns = {w.cardTitle(), w.cardTitle(), w.label("between"), w.label("group")}, .rows = {}};
  table.columns[1].label = w.text("column.other_card");
  for (const Contribution& tension : w.result().tensions)
    table.rows.push_back({w.card(tension.card), w.card(tension.otherCard), tension.text, w.group(tension.group)});
  section.table = std::move(table);
  return section;
}

ReportSection storySection(const Writing& w) {
  ReportSection section = w.section("stories");
  ReportTable table{.columns = {w.label("group"), w.figure("place"), w.cardTitle(), w.label("sentence")}, .rows = {}};
  for (const Story& story : w.result().stories) {
    std::int64_t place = 0;
    for (const Contribution& link : story.links)
      table.rows.push_back({w.group(story.group), ++place, w.card(link.card), link.text});
  }
  section.table = std::move(table);
  return section;
}

ReportSection startSection(const Writing& w) {
  ReportSection section = w.section("starts");
  ReportTable table{.columns = {w.label("offer"), w.label("need"), w.label("step"), w.label("group")}, .rows = {}};
  for (const Contribution& start : w.result().starts)
    table.rows.push_back({start.text, start.need, start.step, w.group(start.group)});
  section.table = std::move(table);
  return section;
}

ReportSection notesSection(const Writing& w) {
  ReportSection section = w.section("notes");
  ReportTable table{.columns = {w.figure("number"), w.cardTitle(), w.label("note"), w.label("group")}, .rows = {}};
  for (const CardNotes& card : w.result().notes)
    for (const Contribution& note : card.notes)
      table.rows.push_back({w.number(card.card), w.card(card.card), note.text, w.group(note.group)});
  section.table = std::move(table);
  return section;
}

/// Where everybody worked together a column of groups says nothing.
void dropEmptyColumns(ReportTable& table) {
  for (std::size_t column = table.columns.size(); column-- > 0;) {
    const bool isEmpty = std::ranges::all_of(table.rows, [&](const std::vector<Cell>& row) {
      const auto* text = std::get_if<std::string>(&row[column]);
      return std::holds_alternative<std::monostate>(row[column]) || (text && text->empty());
    });
    if (!isEmpty) continue;
    const auto at = static_cast<std::ptrdiff_t>(column);
    table.columns.erase(table.columns.begin() + at);
    for (auto& row : table.rows) row.erase(row.begin() + at);
  }
}

}  // namespace

std::string decimalText(double value, int digits, Locale locale) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", digits, value);
  std::string text(buffer.data());
  if (text.find('.') != text.npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  if (locale != Locale::en) std::ranges::replace(text, '.', ',');
  return text;
}

std::string titleOf(const Session& session, const std::string& deck, const Words& words) {
  if (!session.plan.title.empty()) return session.plan.title;
  return words.format("trendcards.results.untitled",
                      {{"exercise", words.text(std::string("trendcards.results.exercise.")
                                                   .append(kExercises.code(session.plan.exercise)))},
                       {"deck", deck}});
}

std::vector<std::string> agreementSentences(const Agreement& agreement, const Words& words) {
  const std::string key = "trendcards.results.agreement.";
  std::vector<std::string> sentences{words.text(key + std::string(kStrengths.code(agreement.strength)))};
  if (agreement.w)
    sentences.push_back(words.format(key + "w", {{"w", decimalText(*agreement.w, 2, words.locale())}}));
  if (agreement.same)
    sentences.push_back(words.format(
        key + "same", {{"share", std::int64_t(*agreement.same * 100 + 0.5)}, {"count", agreement.comparisons}}));
  return sentences;
}

Report reportOf(const Outcome& outcome, const Words& words) {
  const Writing w(outcome, words);
  const Session& session = outcome.session;
  const Result& result = outcome.result;
  Report report;
  report.title = titleOf(session, outcome.edition.title, words);
  report.question = session.plan.question;
  report.facts = {w.format("fact.deck", {{"deck", outcome.edition.title}, {"version", outcome.edition.version}}),
                  words.place(session.plan.region),
                  showDate(Date::of(session.isOver(words.at()) ? session.overSince() : session.createdAt), words.locale()),
                  w.count("fact.participants", result.participants), w.count("fact.answered", result.answered)};
  if (!result.ranking.empty()) report.sections.push_back(rankingSection(w));
  if (!result.plane.empty()) report.sections.push_back(planeSection(w));
  if (!result.ideas.empty()) report.sections.push_back(ideasSection(w));
  if (!result.tensions.empty()) report.sections.push_back(tensionSection(w));
  if (!result.stories.empty()) report.sections.push_back(storySection(w));
  if (!result.starts.empty()) report.sections.push_back(startSection(w));
  if (!result.notes.empty()) report.sections.push_back(notesSection(w));
  for (ReportSection& section : report.sections)
    if (section.table) dropEmptyColumns(*section.table);
  report.foot = w.text("foot");
  return report;
}

}  // namespace toimela::trendcards::view
