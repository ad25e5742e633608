#include "toimela/chart.h"

#include "toimela/numbers.h"

namespace toimela {

namespace {

const char* nameOf(Chart::Kind kind) {
  switch (kind) {
    case Chart::Kind::bar: return "bar";
    case Chart::Kind::barAcross: return "bar-across";
    case Chart::Kind::line: return "line";
  }
  return "bar";
}

View rowView(const Chart::Row& row, Locale locale) {
  std::vector<View> values;
  for (const std::int64_t value : row.values)
    values.emplace_back().set("value", value).set("shown", showNumber(value, locale));
  View view;
  view.set("label", row.label).list("values", std::move(values));
  return view;
}

}  // namespace

View chartView(const Chart& chart, Locale locale) {
  std::vector<View> series, rows;
  for (const std::string& name : chart.series) series.emplace_back().set("name", name);
  for (const Chart::Row& row : chart.rows) rows.push_back(rowView(row, locale));
  View view;
  view.set("chart_kind", nameOf(chart.kind))
      .set("chart_title", chart.title)
      .set("chart_category", chart.category)
      .list("chart_series", std::move(series))
      .list("chart_rows", std::move(rows));
  return view;
}

}  // namespace toimela
