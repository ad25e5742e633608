#include "view/figures.h"

#include <algorithm>

#include "toimela/chart.h"
#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

/// "5/2026" as Finns write a month; "2026-05" for readers of English.
std::string showMonth(const MonthText& month, Locale locale) {
  if (locale == Locale::en) return month;
  const std::string number = month.substr(month[5] == '0' ? 6 : 5);
  return number + "/" + month.substr(0, 4);
}

Chart membersChart(const FiguresPage& page, const Words& words) {
  Chart chart{.kind = Chart::Kind::line,
              .title = words.text("contacts.figures.members"),
              .category = words.text("contacts.figures.month"),
              .series = {words.text("contacts.figures.memberships")},
              .rows = {}};
  for (const MonthFigures& month : page.months)
    chart.rows.push_back({showMonth(month.month, words.locale()), {month.members}});
  return chart;
}

Chart activityChart(const FiguresPage& page, const Words& words) {
  Chart chart{.kind = Chart::Kind::bar,
              .title = words.text("contacts.figures.activity"),
              .category = words.text("contacts.figures.month"),
              .series = {words.text("contacts.figures.joined"), words.text("contacts.figures.left"),
                         words.text("contacts.figures.posts")},
              .rows = {}};
  for (const MonthFigures& month : page.months)
    chart.rows.push_back(
        {showMonth(month.month, words.locale()), {month.joined, month.left, month.posts}});
  return chart;
}

Chart regionChart(const FiguresPage& page, const Words& words) {
  Chart chart{.kind = Chart::Kind::barAcross,
              .title = words.text("contacts.figures.regions"),
              .category = words.text("contacts.column.region"),
              .series = {words.text("contacts.figures.people")},
              .rows = {}};
  for (const auto& share : page.regions)
    chart.rows.push_back({words.place(share.region), {share.people}});
  std::ranges::sort(chart.rows, [&](const Chart::Row& a, const Chart::Row& b) {
    return sortsBefore(a.label, b.label, words.locale());
  });
  return chart;
}

Chart sectorChart(const FiguresPage& page, const Words& words) {
  Chart chart{.kind = Chart::Kind::barAcross,
              .title = words.text("contacts.figures.sectors"),
              .category = words.text("contacts.figures.sector"),
              .series = {words.text("contacts.figures.people")},
              .rows = {}};
  for (const auto& share : page.sectors)
    chart.rows.push_back(
        {words.text("directory.sector." + std::string(code(share.sector))), {share.people}});
  return chart;
}

}  // namespace

View figuresPage(const FiguresPage& page, const Words& words) {
  View view;
  view.list("breadcrumbs", trailBeyond(page.network, "contacts.figures.title", words))
      .text("network", page.network.name, words.locale())
      .flag("is_national", page.network.isNational())
      .flag("has_people", !page.sectors.empty())
      .group("members", chartView(membersChart(page, words), words.locale()))
      .group("activity", chartView(activityChart(page, words), words.locale()))
      .group("sectors", chartView(sectorChart(page, words), words.locale()))
      .group("regions", chartView(regionChart(page, words), words.locale()));
  return view;
}

}  // namespace toimela::contacts::view
