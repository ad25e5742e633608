// A report as Markdown, as a workbook and for programs.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "view/report.h"

namespace toimela::trendcards::view {

namespace {

using nlohmann::json;
using spreadsheet::Cell;

std::string plain(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return decimalText(*real, 1, Locale::en);
  return {};
}

/// What people wrote stands in the file as they wrote it: nothing in it is markup (CommonMark 0.30, 2.4), and
/// it stays on its line.
std::string inMarkdown(const std::string& text) {
  std::string escaped;
  for (const char sign : text) {
    if (sign == '\n' || sign == '\r' || sign == '\t') {
      escaped += ' ';
      continue;
    }
    if (std::string_view("\\`*_{}[]<>#|~&!").find(sign) != std::string_view::npos) escaped += '\\';
    escaped += sign;
  }
  // A list, a heading or a rule would begin with these.
  if (!escaped.empty() && std::string_view("-+=").find(escaped.front()) != std::string_view::npos) escaped.insert(0, "\\");
  return escaped;
}

json spreadJson(const Spread& spread) {
  return {{"median", spread.median},
          {"lowerQuartile", spread.lowerQuartile},
          {"upperQuartile", spread.upperQuartile},
          {"people", spread.count}};
}

template <class T>
json orNull(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}

/// A card by its number and its title in the edition.
json cardJson(std::optional<int> number, const Edition& edition) {
  const Card* card = number ? edition.numbered(*number) : nullptr;
  if (!card) return nullptr;
  return {{"number", card->number}, {"trend", card->trend}, {"title", card->title}};
}

json rankingJson(const Outcome& outcome) {
  json items = json::array();
  for (const RankedItem& item : outcome.result.ranking)
    items.push_back({{"card", cardJson(static_cast<int>(item.item), outcome.edition)},
                     {"weight", item.weight},
                     {"people", item.people},
                     {"first", item.first}});
  return items;
}

json agreementJson(const Agreement& agreement) {
  return {{"strength", kStrengths.code(agreement.strength)},
          {"people", agreement.people},
          {"comparisons", agreement.comparisons},
          {"kendallW", orNull(agreement.w)},
          {"sameOrder", orNull(agreement.same)}};
}

json planeJson(const Outcome& outcome) {
  json cards = json::array();
  for (const PlacedCard& card : outcome.result.plane)
    cards.push_back({{"card", cardJson(card.card, outcome.edition)},
                     {"likelihood", spreadJson(card.likelihood)},
                     {"impact", spreadJson(card.impact)},
                     {"divided", card.isDivided()}});
  return cards;
}

json textJson(const Contribution& given, const Outcome& outcome) {
  json text{{"text", given.text}, {"card", cardJson(given.card, outcome.edition)}, {"group", given.group}};
  if (given.kind == ContributionKind::tension) text["otherCard"] = cardJson(given.otherCard, outcome.edition);
  if (given.kind == ContributionKind::start) {
    text["need"] = given.need;
    text["step"] = given.step;
  }
  return text;
}

template <class Texts>
json textsJson(const Texts& texts, const Outcome& outcome) {
  json all = json::array();
  for (const Contribution& each : texts) all.push_back(textJson(each, outcome));
  return all;
}

}  // namespace

std::string markdownOf(const Report& report) {
  std::string out = "# " + inMarkdown(report.title) + "\n\n";
  if (!report.question.empty()) out += "> " + inMarkdown(report.question) + "\n\n";
  for (const std::string& fact : report.facts) out += "- " + inMarkdown(fact) + "\n";
  for (const ReportSection& section : report.sections) {
    out += "\n## " + inMarkdown(section.heading) + "\n";
    for (const std::string& sentence : section.sentences) out += "\n" + inMarkdown(sentence) + "\n";
    if (!section.table) continue;
    out += "\n|";
    for (const ReportColumn& column : section.table->columns) out += " " + inMarkdown(column.label) + " |";
    out += "\n|";
    for (const ReportColumn& column : section.table->columns) out += column.isNumber ? " ---: |" : " --- |";
    out += "\n";
    for (const auto& row : section.table->rows) {
      out += "|";
      for (const Cell& cell : row) out += " " + inMarkdown(plain(cell)) + " |";
      out += "\n";
    }
  }
  if (!report.foot.empty()) out += "\n" + inMarkdown(report.foot) + "\n";
  return out;
}

std::string workbookOf(const Report& report, const Words& words) {
  std::vector<std::string> header;
  const ReportSection* main = report.sections.empty() ? nullptr : &report.sections.front();
  if (main && main->table)
    for (const ReportColumn& column : main->table->columns) header.push_back(column.label);
  spreadsheet::Writer writer(spreadsheet::Format::xlsx,
                             main ? main->heading : words.text("trendcards.results.short_title"), header);
  if (main && main->table)
    for (const auto& row : main->table->rows) writer.row(row);
  std::vector<std::string> about{report.title};
  if (!report.question.empty()) about.push_back(report.question);
  about.insert(about.end(), report.facts.begin(), report.facts.end());
  if (main) about.insert(about.end(), main->sentences.begin(), main->sentences.end());
  about.push_back(report.foot);
  writer.page(words.text("trendcards.results.about"), about);
  for (std::size_t i = 1; i < report.sections.size(); ++i) {
    std::vector<std::string> lines = report.sections[i].sentences;
    for (const auto& row : report.sections[i].table->rows) {
      std::string line;
      for (const Cell& cell : row)
        if (const std::string text = plain(cell); !text.empty()) line.append(line.empty() ? "" : " · ").append(text);
      lines.push_back(std::move(line));
    }
    writer.page(report.sections[i].heading, lines);
  }
  return writer.finish();
}

std::string jsonOf(const Outcome& outcome, Instant at) {
  const Session& session = outcome.session;
  const Result& result = outcome.result;
  json ideas = json::array();
  for (const PlacedIdea& placed : result.ideas) {
    json idea = textJson(placed.idea, outcome);
    idea["place"] = placed.place;
    idea["dots"] = placed.idea.dots;
    idea["voters"] = placed.idea.voters;
    ideas.push_back(std::move(idea));
  }
  json stories = json::array();
  for (const Story& story : result.stories)
    stories.push_back({{"group", story.group}, {"sentences", textsJson(story.links, outcome)}});
  json notes = json::array();
  for (const CardNotes& card : result.notes)
    for (const Contribution& note : card.notes) notes.push_back(textJson(note, outcome));
  return json{{"session", session.id.text()},
              {"title", session.plan.title},
              {"question", session.plan.question},
              {"exercise", kExercises.code(session.plan.exercise)},
              {"region", session.plan.region.text()},
              {"deck", outcome.edition.deck.text()},
              {"edition", outcome.edition.id.text()},
              {"overSince", session.isOver(at) ? json(isoText(session.overSince())) : json(nullptr)},
              {"participants", result.participants},
              {"answered", result.answered},
              {"ranking", rankingJson(outcome)},
              {"agreement", agreementJson(result.agreement)},
              {"plane", planeJson(outcome)},
              {"ideas", std::move(ideas)},
              {"tensions", textsJson(result.tensions, outcome)},
              {"stories", std::move(stories)},
              {"starts", textsJson(result.starts, outcome)},
              {"notes", std::move(notes)}}
      .dump();
}

}  // namespace toimela::trendcards::view
