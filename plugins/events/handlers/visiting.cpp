#include "handlers/visiting.h"

#include <algorithm>
#include <cstdio>

#include "events.h"
#include "handlers/co_organisers.h"
#include "handlers/materials.h"
#include "handlers/visible.h"
#include "store/co_organisers.h"
#include "store/events.h"
#include "store/pictures.h"
#include "store/places.h"
#include "store/series.h"
#include "store/visiting.h"
#include "toimela/directory.h"
#include "toimela/discovery.h"
#include "toimela/groups.h"
#include "view/feeds.h"
#include "toimela/wording.h"
#include "view/picture.h"
#include "view/series.h"
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

/// Groups of the one who asks, for whom there may be events of their own.
std::vector<std::string> ownGroups(const Request& request, Host& host) {
  auto* groups = host.service<Groups>();
  std::vector<std::string> keys;
  if (!groups || !request.actor.person) return keys;
  for (Group& group : host.read([&](ReadTx& tx) { return groups->ofPerson(tx, *request.actor.person); }))
    keys.push_back(std::move(group.key));
  return keys;
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

  store::EventFilter filter{.region = list.region, .kind = list.kind, .from = startOf(today), .until = {}, .groups = ownGroups(request, host)};
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

std::vector<store::EventSummary> nextEvents(const Request& request, Host& host, std::optional<RegionCode> region) {
  const store::EventFilter filter{.region = region, .kind = {}, .from = startOf(Date::today()), .until = {},
                                  .onlyHeld = true, .groups = ownGroups(request, host)};
  return host.read([&](ReadTx& tx) { return store::listEvents(tx, filter, kInTile, 0); });
}

bool fillTile(const std::vector<store::EventSummary>& events, View& view, const view::Words& words) {
  view.list("events", each(events, [&](const auto& event) { return view::eventRow(event, words); }));
  return !events.empty();
}

/// What goes with the event: its picture, materials, series, and who organises it too.
void readSurroundings(ReadTx& tx, const Request& request, Host& host, view::EventPage& page) {
  const EventId id = page.event.id;
  page.picture = store::pictureOf(tx, id);
  page.others = store::coOrganisersOf(tx, id);
  page.coOrganisations = organisationsOf(tx, page.others);
  page.materials = readMaterials(tx, id);
  if (!page.organises && !takesPart(tx, request, id))
    page.hidesMaterials = std::erase_if(page.materials, [](const view::ShownMaterial& shown) {
                            return shown.material.audience == MaterialAudience::participants;
                          }) > 0;
  page.series = store::seriesOf(tx, id);
  if (page.series)
    for (const EventId other : store::eventsOfSeries(tx, page.series->id))
      if (Event event = *store::findEvent(tx, other); isListed(tx, request, host, event))
        page.seriesEvents.push_back(std::move(event));
  if (auto* groups = host.service<Groups>(); groups && page.event.visibility == Visibility::network)
    page.group = groups->find(tx, page.event.audience);
}

view::EventPage readEventPage(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    view::EventPage page;
    page.event = requireVisibleEvent(tx, request, host);
    page.sessions = store::sessionsOf(tx, page.event.id);
    page.places = store::loadPlaces(tx, page.event.id);
    if (page.event.municipality)
      page.municipality = store::municipalityName(tx, *page.event.municipality);
    if (page.event.organiser)
      page.organiser = directory::findOrganisation(tx, *page.event.organiser);
    page.now = now();
    page.isSignedIn = request.actor.signedIn();
    page.organises = organises(tx, request, host, page.event);
    readSurroundings(tx, request, host, page);
    return page;
  });
}

/// For search engines and link previews.
void tellPrograms(View& view, const Request& request, Host& host, const view::EventPage& page,
                  const view::Words& words) {
  view::EventAbout about{.organiser = page.organiser,
                         .coOrganisations = page.coOrganisations,
                         .municipality = words.pick(page.municipality)};
  if (page.picture) {
    about.picture = host.absolute(request.locale, view::picturePath(page.event.id, page.picture->file));
    illustratePage(view, about.picture, words.pick(page.picture->alternative));
  }
  if (page.series) {
    about.series = words.pick(page.series->title);
    about.seriesPath = view::pathOf(page.series->id);
  }
  for (const RegionCode region : page.others.regions) about.coRegions.push_back(words.place(region));
  describePage(view, view::structuredEvent(host, page.event, page.places, about, request.locale));
}

}  // namespace

Response listEvents(const Request& request, Host& host) { return showList(request, host, std::nullopt); }

Response listRegionEvents(const Request& request, Host& host) {
  if (!request.region) throw NotFound();
  return showList(request, host, request.region);
}

Response showEvent(const Request& request, Host& host) {
  const auto page = readEventPage(request, host);
  const view::Words words(request, host);
  View view = view::eventPage(page, words);
  if (page.event.status != EventStatus::draft && page.event.visibility == Visibility::everyone)
    tellPrograms(view, request, host, page, words);
  return host.page(request, "event", std::move(view),
                   {.title = page.event.title.pick(request.locale).text,
                    .description = page.event.summary.pick(request.locale).text});
}

bool fillNationTile(const Request& request, Host& host, View& view) {
  return fillTile(nextEvents(request, host, std::nullopt), view, view::Words(request, host));
}

bool fillRegionTile(const Request& request, Host& host, View& view) {
  const Region* region = request.region ? host.region(*request.region) : nullptr;
  if (!region) return false;
  view.set("region_slug", region->slug);
  return fillTile(nextEvents(request, host, region->code), view, view::Words(request, host));
}

}  // namespace toimela::events::handlers
