#include "handlers/series.h"

#include "operations/series.h"
#include "publications.h"
#include "store/publications.h"
#include "store/series.h"
#include "view/forms.h"
#include "view/pages.h"

namespace toimela::publications::handlers {

namespace {

constexpr int kMostInSeries = 500;

Series require(const Request& request, Host& host) {
  const auto id = request.parameters.id<SeriesId>("series");
  auto found = id ? host.read([&](ReadTx& tx) { return store::findSeries(tx, *id); }) : std::nullopt;
  if (!found) throw NotFound();
  return std::move(*found);
}

std::vector<View> way(const Series* series, const std::string& last, const view::Words& words) {
  std::vector<Step> steps{{"/publications", words.text("publications.list.title")},
                          {"/publications/series", words.text("publications.series.list")}};
  if (series) steps.push_back({view::pathOf(series->id), words.pick(series->title)});
  if (!last.empty()) steps.push_back({"", last});
  else steps.back().path.clear();
  return breadcrumbs(steps, words);
}

Response showForm(const Request& request, Host& host, const Series* series, const Form& form, int status = 200) {
  const view::Words words(request, host);
  const std::string& title = words.text(series ? "publications.series.edit" : "publications.series.new");
  View view;
  view.list("breadcrumbs", way(series, title, words))
      .set("heading", title)
      .set("action", words.link(request.path))
      .set("back", words.link(series ? view::pathOf(series->id) : std::string("/publications/series")))
      .group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "series_form", std::move(view), {.status = status, .title = title});
}

}  // namespace

Response listSeries(const Request& request, Host& host) {
  const auto [all, counts] = host.read([](ReadTx& tx) {
    return std::pair{store::allSeries(tx), store::countBySeries(tx)};
  });
  const view::Words words(request, host);
  View view;
  view.list("breadcrumbs", way(nullptr, "", words)).flag("may_add", host.allowed(request.actor, kReview, {}));
  for (const bool isCollection : {false, true}) {
    std::vector<View> rows;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].isCollection != isCollection) continue;
      const auto count = counts.find(all[i].id);
      View row;
      row.set("href", words.link(view::pathOf(all[i].id)))
          .text("title", all[i].title, words.locale())
          .set("total", words.count("publications.list.total", count == counts.end() ? 0 : count->second));
      rows.push_back(std::move(row));
    }
    setList(view, isCollection ? "collections" : "series", std::move(rows));
  }
  return host.page(request, "series_list", std::move(view), {.title = words.text("publications.series.list")});
}

Response showSeries(const Request& request, Host& host) {
  const Series series = require(request, host);
  const auto found = host.read([&](ReadTx& tx) {
    return store::findAll(tx, store::listPublic(tx, {.series = series.id}, {}, kMostInSeries));
  });
  const view::Words words(request, host);
  View view;
  view.list("breadcrumbs", way(&series, "", words))
      .text("title", series.title, words.locale())
      .text("about", series.about, words.locale())
      .set("issn", series.issn ? series.issn->text() : "")
      .set("edit", host.allowed(request.actor, kReview, {.region = series.region}) ? words.link(request.path + "/edit") : std::string());
  setList(view, "found", each(found, [&](const Publication& p) {
            View row = view::row(p, words);
            for (const Placement& placement : p.placements)
              if (placement.series == series.id) row.set("date", placement.issue.empty() ? words.date(*p.issued) : placement.issue);
            return row;
          }));
  return host.page(request, "series", std::move(view), {.title = words.pick(series.title), .description = words.pick(series.about)});
}

Response newSeries(const Request& request, Host& host) { return showForm(request, host, nullptr, Form(view::seriesFields())); }

Response addSeries(const Request& request, Host& host) {
  Form form = Form::read(view::seriesFields(), request.form);
  const auto series = view::readSeries(form, {.region = request.region});
  if (!series) return showForm(request, host, nullptr, form, 422);
  const auto id = host.write(request, [&](WriteTx& tx) { return operations::addSeries(tx, *series); });
  return host.redirect(request, view::pathOf(id), "publications.done.series_saved");
}

Response editSeries(const Request& request, Host& host) {
  const Series series = require(request, host);
  Form form(view::seriesFields());
  view::fillSeries(form, series);
  return showForm(request, host, &series, form);
}

Response saveSeries(const Request& request, Host& host) {
  const Series stored = require(request, host);
  Form form = Form::read(view::seriesFields(), request.form);
  const auto series = view::readSeries(form, stored);
  if (!series) return showForm(request, host, &stored, form, 422);
  const bool isSaved = host.write(request, [&](WriteTx& tx) { return operations::saveSeries(tx, *series); });
  if (isSaved) return host.redirect(request, view::pathOf(stored.id), "publications.done.series_saved");
  form.error("", "publications.error.stale");
  form.fill("revision", std::to_string(stored.revision));
  return showForm(request, host, &stored, form, 409);
}

}  // namespace toimela::publications::handlers
