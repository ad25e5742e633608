#include "operations/workshops.h"

#include <algorithm>

#include "store/sessions.h"
#include "trendcards.h"

namespace toimela::trendcards::operations {

namespace {

bool leadsIn(Host& host, const Actor& actor, RegionCode region) {
  return host.active("trendcards", region) && host.allowed(actor, kFacilitate, {.region = region});
}

bool isAmong(const std::vector<EventSummary>& events, std::int64_t key) {
  return std::ranges::find(events, key, &EventSummary::key) != events.end();
}

}  // namespace

std::vector<EventSummary> eventsFor(ReadTx& tx, Host& host, const Actor& actor,
                                    const std::vector<RegionCode>& regions) {
  auto* service = host.service<EventMaterials>();
  if (!service) return {};
  std::vector<EventSummary> events;
  const auto add = [&](std::optional<RegionCode> region) {
    for (EventSummary& event : service->openTo(tx, host, actor, region))
      if (!isAmong(events, event.key)) events.push_back(std::move(event));
  };
  for (const RegionCode region : regions) add(region);
  add(std::nullopt);
  std::ranges::stable_sort(events, std::ranges::greater(), &EventSummary::begins);
  return events;
}

bool mayBelong(ReadTx& tx, Host& host, const Actor& actor, RegionCode region, std::int64_t event) {
  return isAmong(eventsFor(tx, host, actor, {region}), event);
}

std::optional<EventSummary> eventOf(ReadTx& tx, Host& host, const Session& session) {
  auto* service = session.plan.event ? host.service<EventMaterials>() : nullptr;
  return service ? service->find(tx, *session.plan.event) : std::nullopt;
}

std::vector<RegionCode> regionsOf(Host& host, const Actor& actor) {
  std::vector<RegionCode> regions;
  for (const Region& region : host.regions())
    if (leadsIn(host, actor, region.code)) regions.push_back(region.code);
  return regions;
}

std::string CardWorkshops::newPath(ReadTx& tx, Host& host, const Actor& actor, std::int64_t key) {
  auto* service = host.service<EventMaterials>();
  const auto event = service ? service->find(tx, key) : std::nullopt;
  if (!event) return {};
  // Where the event is at home it is enough to look there.
  const auto regions = event->region && leadsIn(host, actor, *event->region) ? std::vector{*event->region}
                                                                             : regionsOf(host, actor);
  if (regions.empty() || !isAmong(eventsFor(tx, host, actor, regions), key)) return {};
  return "/trendcards/sessions/new?event=" + std::to_string(key);
}

std::vector<WorkshopSummary> CardWorkshops::of(ReadTx& tx, Host& host, const Actor& actor, std::int64_t key) {
  std::vector<WorkshopSummary> workshops;
  for (const Session& session : store::sessionsOfEvent(tx, key))
    if (leadsIn(host, actor, session.plan.region))
      workshops.push_back(
          {session.plan.title, "/trendcards/sessions/" + session.id.text(), session.isOver(now())});
  return workshops;
}

}  // namespace toimela::trendcards::operations
