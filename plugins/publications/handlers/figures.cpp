#include "handlers/figures.h"

#include "handlers/found.h"
#include "store/parts.h"
#include "store/publications.h"
#include "toimela/chart.h"
#include "toimela/spreadsheet.h"
#include "view/pages.h"

namespace toimela::publications::handlers {

namespace {

constexpr int kMostTaken = 20;

struct Figures {
  std::optional<Publication> publication;
  std::vector<store::Counted> months, publications, regions;  ///< their keys are names already
};

View chart(Chart::Kind kind, const char* titleKey, const char* categoryKey, const std::vector<store::Counted>& counted,
           const view::Words& words) {
  Chart chart{.kind = kind, .title = words.text(titleKey), .category = words.text(categoryKey),
              .series = {words.text("publications.figures.title")}};
  for (const store::Counted& each : counted) chart.rows.push_back({each.key, {each.count}});
  return chartView(chart, words.locale());
}

Figures load(const Request& request, Host& host, const view::Words& words) {
  const bool isSingle = request.parameters.has("publication");
  return host.read([&](ReadTx& tx) {
    Figures figures;
    if (isSingle) {
      figures.publication = requireVisible(tx, request, host);
      figures.months = store::downloadsByMonth(tx, figures.publication->id, {});
    } else {
      figures.months = store::downloadsByMonth(tx, {}, request.region);
      const auto most = store::downloadsByPublication(tx, request.region, kMostTaken);
      std::vector<PublicationId> ids;
      for (const store::Counted& each : most) ids.push_back(PublicationId{*parseId(each.key)});
      const auto found = store::findAll(tx, ids);
      for (std::size_t i = 0; i < found.size(); ++i)
        figures.publications.push_back({words.pick(found[i].title), most[i].count});
      if (!request.region)
        for (store::Counted& each : store::downloadsByRegion(tx))
          figures.regions.push_back({words.place(RegionCode::parse(each.key)), each.count});
    }
    for (store::Counted& each : figures.months) each.key = words.date(*Issued::parse(each.key));
    return figures;
  });
}

Response sheet(spreadsheet::Format format, const Figures& figures, const view::Words& words) {
  spreadsheet::Writer writer(format, words.text("publications.figures.title"),
                             {words.text("publications.figures.what"), words.text("publications.figures.title")});
  for (const auto* list : {&figures.months, &figures.publications, &figures.regions})
    for (const store::Counted& each : *list) writer.row({each.key, each.count});
  writer.page(words.text("publications.figures.how_title"), {words.text("publications.figures.how")});
  return spreadsheet::download(format, words.text("publications.figures.file"), writer.finish());
}

}  // namespace

Response showFigures(const Request& request, Host& host, operations::Downloads& downloads) {
  downloads.write(host);
  const view::Words words(request, host);
  const Figures figures = load(request, host, words);
  if (const auto format = spreadsheet::parseFormat(request.query.text("format"))) return sheet(*format, figures, words);
  const Region* region = words.region(request.region);
  View view;
  if (figures.publication)
    view.list("breadcrumbs", breadcrumbs(view::wayTo(*figures.publication, words.text("publications.figures.title"), words), words))
        .text("title", figures.publication->title, words.locale());
  else
    view.list("breadcrumbs", breadcrumbs({{view::listPath(region), words.text("publications.list.title")},
                                          {"", words.text("publications.figures.title")}}, words))
        .set("title", words.place(request.region));
  view.flag("has_figures", !figures.months.empty()).set("file", words.link(request.path) + "?format=xlsx");
  view.group("months", chart(Chart::Kind::line, "publications.figures.by_month", "publications.figures.month", figures.months, words));
  if (!figures.publications.empty())
    view.group("most", chart(Chart::Kind::barAcross, "publications.figures.most", "publications.figures.publication", figures.publications, words));
  if (!figures.regions.empty())
    view.group("regions", chart(Chart::Kind::barAcross, "publications.figures.by_region", "publications.list.region", figures.regions, words));
  return host.page(request, "figures", std::move(view), {.title = words.text("publications.figures.title")});
}

}  // namespace toimela::publications::handlers
