#include "handlers/figures.h"

#include <algorithm>

#include "handlers/organised.h"
#include "store/feedback.h"
#include "store/figures.h"
#include "toimela/spreadsheet.h"
#include "view/figures.h"
#include "view/report_paper.h"

namespace toimela::events::handlers {

namespace {

constexpr int kOrganisations = 15, kAnswers = 500;

std::optional<Instant> startOf(std::optional<Date> day) {
  return day ? parseHelsinkiTime(day->text() + "T00:00") : std::nullopt;
}

/// Whether the report is about the event because it belongs there, not because of who organised too.
bool isOwn(const HeldEvent& event, const Territory& territory, std::optional<RegionCode> asked) {
  if (asked) return event.region == asked;
  const auto codes = territory.codes();
  return territory.nation || (event.region && std::ranges::find(codes, *event.region) != codes.end());
}

/// Of what one may see: the events of one's own regions, and those that these organised with others.
bool isWithin(const HeldEvent& event, const Territory& territory, std::optional<RegionCode> asked) {
  const auto codes = territory.codes();
  const auto isAsked = [&](RegionCode region) {
    return (!asked || region == asked) &&
           (territory.nation || std::ranges::find(codes, region) != codes.end());
  };
  return isOwn(event, territory, {}) || std::ranges::any_of(event.coRegions, isAsked);
}

}  // namespace

Response showEventFigures(const Request& request, Host& host) {
  auto figures = host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    return view::EventFigures{.event = event,
                              .sectors = store::sectorsOf(tx, event.id),
                              .regions = store::regionsOf(tx, event.id),
                              .organisations = store::organisationsOf(tx, event.id, kOrganisations),
                              .registeredOn = store::registeredOn(tx, event.id),
                              .feedback = store::feedbackOf(tx, event.id, kAnswers),
                              .isNamed = store::isNamed(tx, event.id)};
  });
  if (const auto format = spreadsheet::parseFormat(request.query.text("format"))) {
    const view::Words words(request, host);
    return spreadsheet::download(*format, words.text("events.figures.file"), view::eventSheet(figures, *format, words));
  }
  figures.mayChooseNames = now() < figures.event.endsAt && figures.feedback.empty();
  const view::Words words(request, host);
  View view = view::eventFigures(figures, words);
  view::showHead(view, figures.event, "figures", words);
  return host.page(request, "figures", std::move(view));
}

Response showReport(const Request& request, Host& host) {
  const Territory territory = territoryOf(request, host);
  const Form form = Form::read(view::reportFields(territory.regions, {}), request.query);
  view::ReportPage page;
  page.filter = {.region = RegionCode::parse(form.text("region")),
                 .project = form.text("project"),
                 .from = startOf(form.date("from")),
                 .to = form.date("to") ? startOf(form.date("to")->plusDays(1)) : std::nullopt,
                 .isTogether = true};
  auto held = host.read([&](ReadTx& tx) {
    page.projects = store::projects(tx);
    return store::heldEvents(tx, page.filter, now());
  });
  page.filter.isTogether = form.flag("together");
  std::erase_if(held, [&](const HeldEvent& event) { return !isWithin(event, territory, page.filter.region); });
  const auto byOthers = std::ranges::stable_partition(
      held, [&](const HeldEvent& event) { return isOwn(event, territory, page.filter.region); });
  page.together = std::ssize(byOthers);
  if (!page.filter.isTogether) held.erase(byOthers.begin(), byOthers.end());
  std::ranges::stable_sort(held, {}, &HeldEvent::startsAt);
  page.report = reportOn(std::move(held));
  page.regions = territory.regions;
  const view::Words words(request, host);
  if (const auto format = spreadsheet::parseFormat(request.query.text("format")))
    return spreadsheet::download(*format, words.text("events.report.file"),
                                 view::reportSheet(page.report, *format, words));
  if (request.query.text("format") == "pdf")
    return Response::attachment(words.text("events.report.file") + ".pdf", "application/pdf",
                                view::reportPaper(page, words));
  return host.page(request, "report", view::reportPage(page, request, words));
}

}  // namespace toimela::events::handlers
