#include "view/results.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "toimela/texts.h"
#include "view/session_words.h"

namespace toimela::trendcards::view {

namespace {

using spreadsheet::Cell;

// The drawing of the plane, in units of its own.
constexpr double kLeft = 48, kTop = 40, kSide = 420;
constexpr double kStep = kSide / (kMostOnScale - 1);

double atX(double value) { return kLeft + (value - 1) * kStep; }
double atY(double value) { return kTop + kSide - (value - 1) * kStep; }
std::string units(double value) { return decimalText(value, 1, Locale::en); }

View lineView(double x1, double y1, double x2, double y2) {
  View line;
  line.set("x1", units(x1)).set("y1", units(y1)).set("x2", units(x2)).set("y2", units(y2));
  return line;
}

View planeView(const std::vector<PlanePoint>& points) {
  View plane;
  std::vector<View> grid, ticks, spreads, marks;
  for (int step = 1; step <= kMostOnScale; ++step) {
    grid.push_back(lineView(atX(step), kTop, atX(step), kTop + kSide));
    grid.push_back(lineView(kLeft, atY(step), kLeft + kSide, atY(step)));
    ticks.push_back(std::move(View().set("x", units(atX(step))).set("y", units(kTop + kSide + 22)).set("text", step)));
    ticks.push_back(std::move(View().set("x", units(kLeft - 16)).set("y", units(atY(step) + 5)).set("text", step)));
  }
  for (std::size_t i = 0; i < points.size(); ++i) {
    const PlanePoint& point = points[i];
    const double right = apart(i).right * kStep, up = apart(i).up * kStep;
    const double x = atX(point.likelihood.median) + right, y = atY(point.impact.median) - up;
    spreads.push_back(lineView(atX(point.likelihood.lowerQuartile) + right, y,
                               atX(point.likelihood.upperQuartile) + right, y));
    spreads.push_back(lineView(x, atY(point.impact.lowerQuartile) - up, x, atY(point.impact.upperQuartile) - up));
    View mark;
    mark.set("x", units(x)).set("y", units(y)).set("label", point.card);
    mark.set("label_x", units(x + 8)).set("label_y", units(y - 6));
    marks.push_back(std::move(mark));
  }
  plane.list("grid", std::move(grid)).list("ticks", std::move(ticks));
  plane.list("spreads", std::move(spreads)).list("marks", std::move(marks));
  return plane;
}

std::string shown(const Cell& cell, Locale locale) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return decimalText(*real, 1, locale);
  return {};
}

View cellView(const Cell& cell, const ReportColumn& column, bool isHeader, const Words& words, Locale content) {
  View view;
  view.set("text", shown(cell, words.locale())).flag("is_number", column.isNumber).flag("is_header", isHeader);
  view.flag("is_bar", column.isBar);
  view.set("lang", column.isContent && content != words.locale() ? std::string(code(content)) : std::string());
  return view;
}

View tableView(const ReportTable& table, const Words& words, Locale content) {
  // What a row is about: the card, else the first text.
  std::size_t header = 0;
  while (header + 1 < table.columns.size() && table.columns[header].isNumber) ++header;
  View view;
  view.list("head", each(table.columns, [](const ReportColumn& column) {
    View head;
    head.set("text", column.label).flag("is_number", column.isNumber);
    return head;
  }));
  view.list("rows", each(table.rows, [&](const std::vector<Cell>& row) {
    std::vector<View> cells;
    for (std::size_t i = 0; i < row.size(); ++i)
      cells.push_back(cellView(row[i], table.columns[i], i == header, words, content));
    View line;
    line.list("cells", std::move(cells));
    return line;
  }));
  return view;
}

View sectionView(const ReportSection& section, const Words& words, Locale content) {
  View view;
  view.set("key", section.key).set("heading", section.heading);
  view.list("sentences", each(section.sentences, [](const std::string& sentence) {
    View line;
    line.set("text", sentence);
    return line;
  }));
  view.flag("has_plane", !section.plane.empty());
  if (!section.plane.empty()) view.group("plane", planeView(section.plane));
  view.flag("has_table", section.table.has_value());
  if (section.table) view.group("table", tableView(*section.table, words, content));
  return view;
}

void showDeeds(View& view, const ResultDeeds& deeds, const Form* attaching, SessionId session, const Words& words) {
  view.flag("is_facilitator", true).flag("is_over", deeds.isOver);
  view.set("deed_path", words.link(resultPath(session)));
  view.set("shared_address", deeds.sharedAddress);
  if (deeds.attachedTo)
    view.set("event_href", words.link(deeds.attachedTo->path)).set("event_title", words.pick(deeds.attachedTo->title));
  if (deeds.belongsTo)
    view.set("of_event_href", words.link(deeds.belongsTo->path)).set("of_event", words.pick(deeds.belongsTo->title));
  view.flag("has_events", !deeds.events.empty());
  if (attaching) view.group("attach", attaching->view(words.texts(), words.locale()));
  view.set("deposit_href", deeds.record.depositPath ? words.link(*deeds.record.depositPath) : std::string());
  view.flag("takes_deposit", deeds.takesDeposit && !deeds.record.depositPath);
  view.set("map_text", words.text(!deeds.feedsMap             ? "trendcards.result.map.not_allowed"
                                  : deeds.record.withdrawnAt ? "trendcards.result.map.withdrawn"
                                  : deeds.record.countedAt   ? "trendcards.result.map.counted"
                                                             : "trendcards.result.map.waiting"));
  view.flag("can_withdraw", deeds.feedsMap && !deeds.record.withdrawnAt);
}

}  // namespace

std::string resultPath(SessionId session) { return "/trendcards/sessions/" + session.text() + "/results"; }
std::string sharedResultPath(const std::string& key) { return "/trendcards/results/" + key; }
std::string resultsPath(const Region& region) { return "/regions/" + region.slug + "/trendcards/results"; }

FormSpec attachFields(const std::vector<EventSummary>& events, const Words& words) {
  std::vector<Choice> choices;
  for (const EventSummary& event : events)
    choices.push_back({std::to_string(event.key), datedTitle(event, words), true});
  return {Field::choice("event", "trendcards.result.attach.event", std::move(choices)).required()};
}

View resultPage(const Outcome& outcome, const std::string& path, const std::optional<ResultDeeds>& deeds,
                const Form* attaching, const Words& words) {
  const Report report = reportOf(outcome, words);
  const Locale content = outcome.edition.language.locale;
  View view;
  if (deeds) {
    std::vector<Step> steps;
    if (const Region* region = words.region(outcome.session.plan.region))
      steps = {{listPath(region), words.text("trendcards.navigation")},
               {resultsPath(*region), words.text("trendcards.results_list.title")},
               {"", report.title}};
    view.list("breadcrumbs", breadcrumbs(steps, words));
    showDeeds(view, *deeds, attaching, outcome.session.id, words);
  }
  view.set("heading", report.title).set("question", report.question).set("foot", report.foot);
  view.list("facts", each(report.facts, [](const std::string& fact) {
    View line;
    line.set("text", fact);
    return line;
  }));
  setList(view, "sections", each(report.sections, [&](const ReportSection& section) {
            return sectionView(section, words, content);
          }));
  view.set("file_href", words.link(path));
  return view;
}

TableSpec resultsTable(const Region& region) {
  return {.id = "results",
          .path = resultsPath(region),
          .captionKey = "trendcards.results_list.title",
          .searchKey = {},
          .filters = {},
          .columns = {TableColumn::text("session", "trendcards.results_list.session").heads(),
                      TableColumn::text("day", "trendcards.results_list.day"),
                      TableColumn::text("exercise", "trendcards.results_list.exercise"),
                      TableColumn::text("deck", "trendcards.results_list.deck"),
                      TableColumn::number("participants", "trendcards.results_list.participants"),
                      TableColumn::number("answered", "trendcards.results_list.answered")},
          .sort = {},
          .emptyKey = "trendcards.results_list.none",
          .emptyTextKey = "trendcards.results_list.none_text"};
}

std::vector<TableRow> resultRows(const std::vector<ListedResult>& results, const Words& words) {
  std::vector<TableRow> rows;
  for (const ListedResult& listed : results) {
    const Session& session = listed.session;
    rows.push_back({.cells = {TableCell(titleOf(session, listed.deck, words)).linked(words.link(resultPath(session.id))),
                              TableCell(Cell(Date::of(session.overSince()))),
                              TableCell(words.text(std::string("trendcards.results.exercise.")
                                                       .append(kExercises.code(session.plan.exercise)))),
                              TableCell(listed.deck), TableCell(Cell(std::int64_t{session.participants})),
                              TableCell(Cell(listed.answered))}});
  }
  return rows;
}

std::string abstractOf(const Outcome& outcome, const Words& words) {
  const Report report = reportOf(outcome, words);
  std::string text = report.question;
  for (const std::string& fact : report.facts) text.append(text.empty() ? "" : "\n").append(fact);
  if (!outcome.result.ranking.empty()) {
    std::string names;
    for (const RankedItem& item : outcome.result.ranking | std::views::take(3))
      if (const Card* card = outcome.edition.numbered(item.item))
        names.append(names.empty() ? "" : "; ").append(card->title);
    text += "\n" + words.format("trendcards.results.most_important", {{"cards", names}});
  }
  return text;
}

}  // namespace toimela::trendcards::view
