#include "handlers/yearly.h"

#include "store/publications.h"
#include "store/yearly.h"
#include "view/words.h"

namespace toimela::publications::handlers {

namespace {

store::Filter filterOf(const report::Question& question) {
  store::Filter filter;
  filter.region = question.region;
  filter.year = std::to_string(question.year);
  return filter;
}

Chart kindChart(ReadTx& tx, store::Filter filter, const view::Words& words) {
  Chart chart{.kind = Chart::Kind::barAcross,
              .title = words.text("publications.yearly.by_kind"),
              .category = words.text("publications.yearly.kind"),
              .series = {words.text("publications.yearly.published")},
              .rows = {}};
  for (const Kind kind : kKinds) {
    filter.kind = kind;
    if (const auto count = store::countPublic(tx, filter); count > 0)
      chart.rows.push_back({words.word("kind", kind), {count}});
  }
  return chart;
}

report::Things publicationList(ReadTx& tx, const store::Filter& filter, std::int64_t all, const view::Words& words) {
  report::Things list{.title = words.text("publications.yearly.list"), .things = {}, .all = all};
  for (Publication& publication : store::findAll(tx, store::listPublic(tx, filter, {}, report::kMostThings)))
    // The day is known of the fewest.
    list.things.push_back({std::move(publication.title), view::pathOf(publication.id),
                           publication.issued ? Date::parse(publication.issued->text()) : std::nullopt});
  return list;
}

}  // namespace

report::Part yearlyReport(ReadTx& tx, Host& host, const report::Question& question) {
  const view::Words words(question.locale, host);
  const store::Filter filter = filterOf(question);
  const std::int64_t published = store::countPublic(tx, filter);
  report::Part part{.title = words.text("publications.navigation")};
  part.figures = {report::count("published", words.text("publications.yearly.published"), published),
                  report::count("downloads", words.text("publications.yearly.downloads"),
                                store::downloadsIn(tx, question.region, question.year))};
  if (question.figuresOnly) return part;
  if (published > 0) part.charts.push_back(kindChart(tx, filter, words));
  part.lists.push_back(publicationList(tx, filter, published, words));
  const Region* region = words.region(question.region);
  part.path = (region ? "/regions/" + region->slug : std::string()) + "/publications/figures";
  part.pathLabel = words.text("publications.yearly.more");
  return part;
}

}  // namespace toimela::publications::handlers
