#include "view/needs.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "toimela/chart.h"
#include "toimela/numbers.h"
#include "toimela/tile_map.h"
#include "view/report.h"

namespace toimela::trendcards::view {

namespace {

using nlohmann::json;
using spreadsheet::Cell;

std::int64_t whole(double weight) { return std::llround(weight); }

const TrendName* nameOf(const CountedDeck& deck, std::int64_t trend) {
  const auto found = std::ranges::find(deck.trends, trend, &TrendName::trend);
  return found == deck.trends.end() ? nullptr : &*found;
}

std::string sectorText(Sector sector, const Words& words) {
  return words.text(std::string("directory.sector.").append(code(sector)));
}

/// Shade of a square: less than, about as, or more important than other trends.
std::string levelOf(const Need& need) {
  const std::int64_t weight = whole(need.weight());
  return weight < 40 ? "1" : weight < 60 ? "2" : "3";
}

std::vector<View> mapViews(const std::map<RegionCode, Need>& needs, const Words& words) {
  std::vector<const Region*> inReadingOrder;
  for (const Region& region : words.host().regions()) inReadingOrder.push_back(&region);
  std::ranges::sort(inReadingOrder, {}, [](const Region* region) { return std::pair(region->row, region->column); });
  std::vector<View> views;
  for (const Region* region : inReadingOrder) {
    const auto found = needs.find(region->code);
    View& view = views.emplace_back();
    view.set("column", region->column).set("row", region->row).set("code", region->code.text());
    view.set("name", words.pick(region->name)).set("short_name", shortRegionName(words.pick(region->name)));
    view.flag("is_known", found != needs.end());
    view.set("level", found == needs.end() ? "none" : levelOf(found->second));
    view.set("weight", found == needs.end() ? std::string("–") : showNumber(whole(found->second.weight()), words.locale()));
    view.set("state", found == needs.end() ? words.text("trendcards.needs.unknown")
                                           : words.format("trendcards.needs.cell",
                                                          {{"weight", whole(found->second.weight())},
                                                           {"count", found->second.people}}));
  }
  return views;
}

std::vector<View> regionViews(const std::map<RegionCode, Need>& needs, const Words& words) {
  std::vector<View> views;
  for (const Region& region : words.host().regions()) {
    const auto found = needs.find(region.code);
    if (found == needs.end()) continue;
    View& view = views.emplace_back();
    view.set("code", region.code.text()).set("name", words.pick(region.name));
    view.set("weight", showNumber(whole(found->second.weight()), words.locale()))
        .set("people", showNumber(found->second.people, words.locale()));
  }
  return views;
}

Chart overTime(const NeedsPage& page, const TrendName& name, const Words& words) {
  Chart chart{.kind = Chart::Kind::line,
              .title = words.format("trendcards.needs.over_time_of", {{"trend", name.title}}),
              .category = words.text("trendcards.needs.half_year"),
              .series = {words.text("trendcards.needs.weight"), words.text("trendcards.needs.people")},
              .rows = {}};
  for (const auto& [half, need] : needsOverTime(page.deck.batches, name.trend, page.filter))
    chart.rows.push_back({std::to_string(half.year) + "/" + std::to_string(half.half), {whole(need.weight()), need.people}});
  return chart;
}

std::set<int> yearsOf(const CountedDeck& deck) {
  std::set<int> years;
  for (const CountedBatch& batch : deck.batches) years.insert(static_cast<int>(batch.countedOn.day().year()));
  return years;
}

json needJson(const Need& need) {
  return {{"weight", std::round(need.weight() * 10) / 10}, {"people", need.people}};
}

}  // namespace

TableSpec needsTable(const std::vector<std::pair<DeckId, std::string>>& decks, const CountedDeck& deck,
                     const Words& words) {
  TableFilter deckFilter{"deck", "trendcards.needs.deck", {}, {}};
  for (const auto& [id, title] : decks) deckFilter.choices.push_back({id.text(), title, true});
  TableFilter trendFilter{"trend", "trendcards.needs.on_map", "trendcards.needs.most_important", {}};
  for (const TrendName& trend : deck.trends)
    trendFilter.choices.push_back({std::to_string(trend.trend), trend.title, true});
  TableFilter regionFilter{"region", "trendcards.needs.region", "trendcards.needs.all_regions", {}};
  for (const Region& region : words.host().regions())
    regionFilter.choices.push_back({region.code.text(), words.pick(region.name), true});
  TableFilter sectorFilter{"sector", "trendcards.needs.sector", "trendcards.needs.all_sectors", {}};
  for (const Sector sector : kSectors)
    sectorFilter.choices.push_back({std::string(code(sector)), sectorText(sector, words), true});
  TableFilter yearFilter{"year", "trendcards.needs.year", "trendcards.needs.all_years", {}};
  for (const int year : yearsOf(deck)) yearFilter.choices.push_back({std::to_string(year), std::to_string(year), true});
  return {.id = "needs",
          .path = std::string(kNeedsPath),
          .captionKey = "trendcards.needs.table",
          .searchKey = {},
          .filters = {std::move(deckFilter), std::move(regionFilter), std::move(sectorFilter), std::move(yearFilter),
                      std::move(trendFilter)},
          .columns = {TableColumn::text("trend", "trendcards.needs.trend").heads(),
                      TableColumn::number("weight", "trendcards.needs.weight"),
                      TableColumn::number("people", "trendcards.needs.people")},
          .sort = {},
          .emptyKey = "trendcards.needs.none",
          .emptyTextKey = "trendcards.needs.none_text",
          .rowsAPage = 150};
}

std::vector<TableRow> needRows(const NeedsPage& page, const Words& words) {
  std::vector<TableRow> rows;
  for (const Need& need : page.needs) {
    const TrendName* name = nameOf(page.deck, need.trend);
    if (!name) continue;
    TableCell title(name->title);
    if (name->language != words.locale()) title.lang = code(name->language);
    rows.push_back({.cells = {std::move(title), TableCell(Cell(whole(need.weight()))), TableCell(Cell(need.people))}});
  }
  return rows;
}

View needsPage(const NeedsPage& page, const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs({{"/trendcards", words.text("trendcards.navigation")},
                                        {"", words.text("trendcards.needs.title")}}, words));
  view.flag("has_needs", !page.deck.batches.empty());
  const TrendName* name = page.trend ? nameOf(page.deck, *page.trend) : nullptr;
  view.flag("has_trend", name != nullptr);
  if (!name) return view;
  const auto byRegion = needsByRegion(page.deck.batches, name->trend, page.filter);
  view.set("trend", name->title)
      .set("trend_lang", name->language == words.locale() ? std::string() : std::string(code(name->language)));
  view.list("map", mapViews(byRegion, words));
  setList(view, "regions", regionViews(byRegion, words));
  const Chart chart = overTime(page, *name, words);
  view.flag("has_times", chart.rows.size() > 1);
  view.group("times", chartView(chart, words.locale()));
  return view;
}

std::string needsJson(const NeedsPage& page) {
  json trends = json::array();
  for (const Need& need : page.needs) {
    const TrendName* name = nameOf(page.deck, need.trend);
    if (!name) continue;
    json regions = json::array(), times = json::array();
    for (const auto& [region, each] : needsByRegion(page.deck.batches, need.trend, page.filter)) {
      json cell = needJson(each);
      cell["region"] = region.text();
      regions.push_back(std::move(cell));
    }
    for (const auto& [half, each] : needsOverTime(page.deck.batches, need.trend, page.filter)) {
      json cell = needJson(each);
      cell["year"] = half.year;
      cell["half"] = half.half;
      times.push_back(std::move(cell));
    }
    json trend = needJson(need);
    trend["trend"] = need.trend;
    trend["title"] = name->title;
    trend["language"] = code(name->language);
    trend["regions"] = std::move(regions);
    trend["overTime"] = std::move(times);
    trends.push_back(std::move(trend));
  }
  json decks = json::array();
  for (const auto& [id, title] : page.decks) decks.push_back({{"id", id.text()}, {"title", title}});
  return json{{"deck", page.deck.id.value == 0 ? json(nullptr) : json(page.deck.id.text())},
              {"decks", std::move(decks)},
              {"fewestPeople", kFewestInCell},
              {"trends", std::move(trends)}}
      .dump();
}

}  // namespace toimela::trendcards::view
