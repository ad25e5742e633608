#include "handlers/series.h"

#include <algorithm>

#include "events.h"
#include "handlers/organised.h"
#include "handlers/visible.h"
#include "operations/series.h"
#include "store/events.h"
#include "store/series.h"
#include "view/series.h"

namespace toimela::events::handlers {

namespace {

Series requireSeries(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<SeriesId>("series");
  auto series = id ? store::findSeries(tx, *id) : std::nullopt;
  if (!series) throw NotFound();
  return std::move(*series);
}

view::SeriesPlan readPlan(const Request& request, Host& host) {
  const Territory territory = territoryOf(request, host);
  return host.read([&](ReadTx& tx) {
    view::SeriesPlan plan{.event = requireOrganised(tx, request),
                          .series = {},
                          .events = {},
                          .others = {},
                          .regions = territory.regions,
                          .nation = territory.nation};
    plan.series = store::seriesOf(tx, plan.event.id);
    if (plan.series)
      for (const EventId id : store::eventsOfSeries(tx, plan.series->id))
        plan.events.push_back(*store::findEvent(tx, id));
    plan.others = store::seriesIn(tx, territory.codes(), territory.nation);
    std::erase_if(plan.others, [&](const Series& each) { return plan.series && each.id == plan.series->id; });
    return plan;
  });
}

Response show(const Request& request, Host& host, const view::SeriesPlan& plan, const Form& form,
              const Form& joining, int status = 200) {
  return host.page(request, "organise_series", view::planPage(plan, form, joining, view::Words(request, host)),
                   {.status = status});
}

Response showEdit(const Request& request, Host& host, const Series& series, const Form& form, int status = 200) {
  return host.page(request, "series_edit", view::seriesEditPage(series, form, view::Words(request, host)),
                   {.status = status});
}

std::string planPath(EventId event) { return view::pathOf(event) + "/series"; }

}  // namespace

Response showSeries(const Request& request, Host& host) {
  view::SeriesPage page;
  host.read([&](ReadTx& tx) {
    page.series = requireSeries(tx, request);
    for (const EventId id : store::eventsOfSeries(tx, page.series.id))
      if (Event event = *store::findEvent(tx, id); isListed(tx, request, host, event))
        page.events.push_back(std::move(event));
    return true;
  });
  page.organises = host.allowed(request.actor, kOrganise, {.region = page.series.region});
  // A series of which nobody may see anything is not there, but for who looks after it.
  if (page.events.empty() && !page.organises) throw NotFound();
  return host.page(request, "series", view::seriesPage(page, now(), view::Words(request, host)),
                   {.title = page.series.title.pick(request.locale).text});
}

Response editSeries(const Request& request, Host& host) {
  const Series series = host.read([&](ReadTx& tx) { return requireSeries(tx, request); });
  Form form(view::seriesFields());
  form.fill("title", series.title);
  return showEdit(request, host, series, form);
}

Response saveSeries(const Request& request, Host& host) {
  Series series = host.read([&](ReadTx& tx) { return requireSeries(tx, request); });
  const Form form = Form::read(view::seriesFields(), request.form);
  if (!form.ok()) return showEdit(request, host, series, form, 422);
  series.title = form.localText("title");
  host.write(request, [&](WriteTx& tx) { operations::renameSeries(tx, series); });
  return host.redirect(request, view::pathOf(series.id), "events.done.series_saved");
}

Response planSeries(const Request& request, Host& host) {
  const auto plan = readPlan(request, host);
  const view::Words words(request, host);
  return show(request, host, plan, view::newOccasions(plan, words), Form(view::joinFields(plan, words)));
}

Response makeSeries(const Request& request, Host& host) {
  const auto plan = readPlan(request, host);
  const view::Words words(request, host);
  Form form = Form::read(view::occasionFields(plan, words), request.form);
  const auto occasions = view::readOccasions(form, plan);
  if (!form.ok()) return show(request, host, plan, form, Form(view::joinFields(plan, words)), 422);
  host.write(request, [&](WriteTx& tx) {
    return operations::makeSeries(tx, plan.event.id, view::readSeriesTitle(form, plan), occasions);
  });
  return host.redirect(request, planPath(plan.event.id), "events.done.series_made");
}

Response joinSeries(const Request& request, Host& host) {
  const auto plan = readPlan(request, host);
  const view::Words words(request, host);
  const Form form = Form::read(view::joinFields(plan, words), request.form);
  if (!form.ok()) return show(request, host, plan, view::newOccasions(plan, words), form, 422);
  const SeriesId series{parseId(form.text("series")).value_or(0)};
  const bool isThere =
      host.write(request, [&](WriteTx& tx) { return operations::joinSeries(tx, plan.event.id, series); });
  if (!isThere) throw NotFound();
  return host.redirect(request, planPath(plan.event.id), "events.done.series_joined");
}

Response leaveSeries(const Request& request, Host& host) {
  const EventId id = host.read([&](ReadTx& tx) { return requireOrganised(tx, request).id; });
  host.write(request, [&](WriteTx& tx) { operations::leaveSeries(tx, id); });
  return host.redirect(request, planPath(id), "events.done.series_left");
}

}  // namespace toimela::events::handlers
