#include "handlers/visiting.h"

#include <algorithm>
#include <cstdio>

#include "events.h"
#include "handlers/visible.h"
#include "store/events.h"
#include "store/places.h"
#include "store/visiting.h"
#include "toimela/directory.h"
#include "toimela/discovery.h"
#include "view/feeds.h"
#include "toimela/wording.h"
#include "view/structured.h"
#include "view/visiting.h"

namespace toimela::events::handlers {

namespace {

constexpr int kPageSize = 20;
constexpr int kInTile = 4;
constexpr int kMonthsAhead = 12;

/// Lists are of whole days, so that one that is kept for visitors stays right until midnight.
Instant startOf(Date day) { return parseHelsinkiTime(day.text() + "T00:00").value_or(now()); }

std::string monthOf(Date day) { return day.text().substr(0, 7); }

/// "2026-11" and the months after it.
std::vector<std::string> monthsFrom(Date today) {
  std::vector<std::string> months;
  std::chrono::year_month month{today.day().year(), today.day().month()};
  for (int i = 0; i < kMonthsAhead; ++i, month += std::chrono::months(1))
    months.push_back(monthOf(Date(month / 1)));
  return months;
}

void narrowToMonth(store::EventFilter& filter, const std::string& month) {
  const auto first = Date::parse(month + "-01");
  if (!first) return;
  const std::chrono::year_month here{first->day().year(), first->day().month()};
  filter.from = std::max(filter.from, startOf(*first));
  filter.until = startOf(Date((here + std::chrono::months(1)) / 1));
}

Response showList(const Request& request, Host& host, std::optional<RegionCode> pathRegion) {
  view::EventListPage list;
  const Date today = Date::today();
  list.isRegional = pathRegion.has_value();
  list.region = pathRegion ? pathRegion : RegionCode::parse(request.query.text("region"));
  if (list.region && !host.region(*list.region)) list.region.reset();
  list.kind = parseEventKind(request.query.text("kind"));
  list.months = monthsFrom(today);
  if (const auto month = request.query.text("month"); std::ranges::count(list.months, month) > 0)
    list.month = month;
  list.page = std::min<std::int64_t>(parseId(request.query.text("page")).value_or(1), 10'000);

  store::EventFilter filter{.region = list.region, .kind = list.kind, .from = startOf(today), .until = {}};
  if (!list.month.empty()) narrowToMonth(filter, list.month);
  host.read([&](ReadTx& tx) {
    list.total = store::countEvents(tx, filter);
    list.events = store::listEvents(tx, filter, kPageSize, static_cast<int>(list.page - 1) * kPageSize);
    return true;
  });
  list.pages = std::max<std::int64_t>(1, (list.total + kPageSize - 1) / kPageSize);
  if (list.page > list.pages) throw NotFound();
  list.canOrganise = host.allowed(request.actor, kOrganise, {.region = pathRegion});
  const view::Words words(request, host);
  PageOptions options;
  options.title = pathRegion ? view::regionTitle(*pathRegion, words) : words.text("events.list.title");
  View view = view::eventList(list, host.regions(), words);
  offerFeeds(view, request, view::feedsOf(host, pathRegion, words));
  return host.page(request, "list", std::move(view), std::move(options));
}

std::vector<store::EventSummary> nextEvents(Host& host, std::optional<RegionCode> region) {
  const store::EventFilter filter{.region = region, .kind = {}, .from = startOf(Date::today()), .until = {}};
  return host.read([&](ReadTx& tx) { return store::listEvents(tx, filter, kInTile, 0); });
}

bool fillTile(const std::vector<store::EventSummary>& events, View& view, const view::Words& words) {
  view.list("events", each(events, [&](const auto& event) { return view::eventRow(event, words); }));
  return !events.empty();
}

}  // namespace

Response listEvents(const Request& request, Host& host) { return showList(request, host, std::nullopt); }

Response listRegionEvents(const Request& request, Host& host) {
  if (!request.region) throw NotFound();
  return showList(request, host, request.region);
}

Response showEvent(const Request& request, Host& host) {
  auto page = host.read([&](ReadTx& tx) {
    view::EventPage page;
    page.event = requireVisibleEvent(tx, request, host);
    page.sessions = store::sessionsOf(tx, page.event.id);
    page.places = store::loadPlaces(tx, page.event.id);
    if (page.event.municipality)
      page.municipality = store::municipalityName(tx, *page.event.municipality);
    if (page.event.organiser)
      page.organiser = directory::findOrganisation(tx, *page.event.organiser);
    return page;
  });
  page.now = now();
  page.isSignedIn = request.actor.signedIn();
  page.organises = organises(request, host, page.event);
  const view::Words words(request, host);
  View view = view::eventPage(page, words);
  if (page.event.status != EventStatus::draft && page.event.visibility == Visibility::everyone)
    describePage(view, view::structuredEvent(host, page.event, page.places, page.organiser,
                                             page.municipality.pick(request.locale).text,
                                             request.locale));
  return host.page(request, "event", std::move(view),
                   {.title = page.event.title.pick(request.locale).text,
                    .description = page.event.summary.pick(request.locale).text});
}

bool fillNationTile(const Request& request, Host& host, View& view) {
  return fillTile(nextEvents(host, std::nullopt), view, view::Words(request, host));
}

bool fillRegionTile(const Request& request, Host& host, View& view) {
  const Region* region = request.region ? host.region(*request.region) : nullptr;
  if (!region) return false;
  view.set("region_slug", region->slug);
  return fillTile(nextEvents(host, region->code), view, view::Words(request, host));
}

}  // namespace toimela::events::handlers
