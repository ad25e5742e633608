#include "report/presentation.h"

#include <cmath>

#include "kit/json_values.h"
#include "toimela/numbers.h"

namespace toimela::report {

namespace {

using nlohmann::ordered_json;
using spreadsheet::Cell;

constexpr int kYearsOffered = 10;
constexpr std::string_view kNothing = "–";
/// Before a percent sign (Kielitoimisto's rules, the SI's space).
constexpr std::string_view kSpace = "\u00a0";

std::string withTenths(double number, Locale locale) {
  const long tenths = std::lround(number * 10);
  return std::to_string(tenths / 10) + (locale == Locale::en ? "." : ",") + std::to_string(tenths % 10);
}

View figureRow(const ToldPart& part, const Figure& figure, const Wording& words) {
  const Figure* before = part.beforeOf(figure);
  View view;
  view.set("label", figure.label)
      .set("value", shown(figure, words))
      .set("before", before ? shown(*before, words) : std::string(kNothing));
  return view;
}

View thingRow(const Thing& thing, const Wording& words) {
  View view;
  view.text("name", thing.title, words.locale())
      .set("href", words.link(thing.path))
      .set("day", thing.day ? showDate(*thing.day, words.locale()) : std::string());
  return view;
}

View listView(const Things& list, std::string id, const Wording& words) {
  const auto more = list.all - static_cast<std::int64_t>(list.things.size());
  View view;
  view.set("id", std::move(id))
      .set("title", list.title)
      .set("more", more > 0 ? words.count("report.more", more) : std::string());
  view.list("things", each(list.things, [&](const Thing& thing) { return thingRow(thing, words); }));
  return view;
}

View partView(const ToldPart& told, const Wording& words) {
  const Part& part = told.part;
  const std::string id = "part-" + told.plugin;
  std::vector<View> charts, lists;
  for (const Chart& chart : part.charts) {
    if (chart.rows.empty()) continue;
    View& view = charts.emplace_back();
    view.set("title", chart.title).group("chart", chartView(chart, words.locale()));
  }
  for (const Things& list : part.lists)
    if (!list.things.empty()) lists.push_back(listView(list, id + "-list-" + std::to_string(lists.size() + 1), words));
  View view;
  view.set("id", id)
      .set("title", part.title)
      .set("more_href", part.path.empty() ? std::string() : words.link(part.path))
      .set("more_label", part.pathLabel)
      .list("figures", each(part.figures, [&](const Figure& figure) { return figureRow(told, figure, words); }))
      .list("charts", std::move(charts))
      .list("lists", std::move(lists));
  return view;
}

std::vector<View> yearChoices(int chosen) {
  const int newest = static_cast<int>(Date::today().day().year());
  std::vector<View> views;
  const auto add = [&](int year) { views.emplace_back().set("year", year).flag("is_chosen", year == chosen); };
  for (int year = newest; year > newest - kYearsOffered; --year) add(year);
  if (chosen <= newest - kYearsOffered) add(chosen);
  return views;
}

std::vector<View> regionChoices(std::optional<RegionCode> chosen, const Wording& words) {
  std::vector<const Region*> byName;
  for (const Region& region : words.host().regions()) byName.push_back(&region);
  std::ranges::sort(byName, [&](const Region* a, const Region* b) {
    return sortsBefore(words.pick(a->name), words.pick(b->name), words.locale());
  });
  return each(byName, [&](const Region* region) {
    View view;
    view.set("slug", region->slug).set("name", words.pick(region->name)).flag("is_chosen", region->code == chosen);
    return view;
  });
}

std::string pathOf(const Question& question, const Wording& words) {
  const Region* region = words.region(question.region);
  return region ? "/regions/" + region->slug + "/report" : std::string("/report");
}

/// In a file a number stays a number; a share is 0–1.
Cell cellOf(const Figure* figure, const Wording& words) {
  if (!figure) return Cell();
  if (figure->isOfTooFew) return shown(*figure, words);
  if (!figure->value) return Cell();
  if (figure->kind == Figure::Kind::count) return static_cast<std::int64_t>(*figure->value);
  return *figure->value;
}

std::string_view codeOf(Figure::Kind kind) {
  switch (kind) {
    case Figure::Kind::count: return "count";
    case Figure::Kind::share: return "share";
    case Figure::Kind::mean: return "mean";
  }
  return "count";
}

ordered_json valueJson(const Figure* figure) {
  if (!figure || !figure->value) return nullptr;
  if (figure->kind == Figure::Kind::count) return static_cast<std::int64_t>(*figure->value);
  return *figure->value;
}

ordered_json figureJson(const ToldPart& part, const Figure& figure) {
  const Figure* before = part.beforeOf(figure);
  return {{"key", figure.key},
          {"label", figure.label},
          {"kind", codeOf(figure.kind)},
          {"value", valueJson(&figure)},
          {"ofTooFew", figure.isOfTooFew},
          {"yearBefore", valueJson(before)},
          {"yearBeforeOfTooFew", before && before->isOfTooFew}};
}

ordered_json thingsJson(const Things& list, Locale locale, Host& host) {
  ordered_json things = ordered_json::array();
  for (const Thing& thing : list.things)
    things.push_back({{"title", jsonOf(thing.title)}, {"url", host.absolute(locale, thing.path)}, {"day", textOrNull(thing.day)}});
  return {{"title", list.title}, {"all", list.all}, {"things", std::move(things)}};
}

}  // namespace

std::string shown(const Figure& figure, const Wording& words) {
  if (figure.isOfTooFew) return words.format("report.too_few", {{"count", kFewestPeople}});
  if (!figure.value) return std::string(kNothing);
  switch (figure.kind) {
    case Figure::Kind::count: return showNumber(static_cast<std::int64_t>(*figure.value), words.locale());
    case Figure::Kind::share:
      return std::to_string(std::lround(*figure.value * 100)) +
             (words.locale() == Locale::en ? "%" : std::string(kSpace) + "%");
    case Figure::Kind::mean: return withTenths(*figure.value, words.locale());
  }
  return {};
}

View reportPage(const Question& question, const std::vector<ToldPart>& parts, const Wording& words) {
  const std::string& place = words.place(question.region);
  const Region* region = words.region(question.region);
  const std::string file = words.link(pathOf(question, words)) + "?year=" + std::to_string(question.year) + "&format=";
  View view;
  view.set("title", words.format("report.title_of", {{"place", place}, {"year", std::to_string(question.year)}}))
      .set("year", question.year)
      .set("year_before", question.year - 1)
      .set("place", place)
      .flag("goes_on", question.year == static_cast<int>(Date::today().day().year()))
      .list("years", yearChoices(question.year))
      .list("regions", regionChoices(question.region, words))
      .flag("is_national", !region)
      .set("action", words.link("/report"))
      .set("xlsx", file + "xlsx")
      .set("csv", file + "csv")
      .set("how", words.format("report.how", {{"count", kFewestPeople}}));
  std::vector<View> views = each(parts, [&](const ToldPart& part) { return partView(part, words); });
  view.flag("has_charts", std::ranges::any_of(parts, [](const ToldPart& told) { return !told.part.charts.empty(); }));
  setList(view, "parts", std::move(views));
  return view;
}

std::string reportSheet(const Question& question, const std::vector<ToldPart>& parts, spreadsheet::Format format,
                        const Wording& words) {
  const std::string year = std::to_string(question.year);
  spreadsheet::Writer writer(format, words.text("report.title"),
                             {words.text("report.part"), words.text("report.figure"), year,
                              std::to_string(question.year - 1), words.text("report.address")});
  for (const ToldPart& told : parts) {
    for (const Figure& figure : told.part.figures)
      writer.row({told.part.title, figure.label, cellOf(&figure, words), cellOf(told.beforeOf(figure), words), Cell()});
    for (const Chart& chart : told.part.charts)
      for (const Chart::Row& row : chart.rows)
        writer.row({chart.title, row.label, row.values.front(), Cell(), Cell()});
    for (const Things& list : told.part.lists)
      for (const Thing& thing : list.things)
        writer.row({list.title, words.pick(thing.title), thing.day ? Cell(*thing.day) : Cell(), Cell(),
                    words.host().baseUrl() + words.link(thing.path)});
  }
  writer.page(words.text("report.how_title"), {words.format("report.how", {{"count", kFewestPeople}})});
  return writer.finish();
}

std::string reportJson(const Question& question, const std::vector<ToldPart>& parts, Host& host) {
  ordered_json list = ordered_json::array();
  for (const ToldPart& told : parts) {
    ordered_json figures = ordered_json::array(), lists = ordered_json::array();
    for (const Figure& figure : told.part.figures) figures.push_back(figureJson(told, figure));
    for (const Things& things : told.part.lists) lists.push_back(thingsJson(things, question.locale, host));
    list.push_back({{"plugin", told.plugin},
                    {"title", told.part.title},
                    {"figures", std::move(figures)},
                    {"lists", std::move(lists)}});
  }
  return ordered_json{{"year", question.year}, {"region", textOrNull(question.region)}, {"parts", std::move(list)}}.dump();
}

}  // namespace toimela::report
