#include "operations/event_materials.h"

#include <utility>

#include "domain/material.h"
#include "events.h"
#include "operations/materials.h"
#include "store/events.h"
#include "store/managing.h"
#include "store/recent.h"
#include "store/scope.h"
#include "toimela/host.h"

namespace toimela::events::operations {

namespace {

constexpr std::chrono::days kBack{90}, kAhead{30};
constexpr std::size_t kMost = 50;

bool mayBring(ReadTx& tx, Host& host, const Actor& actor, const Event& event) {
  return actor.signedIn() && host.active(kPlugin, event.region) && event.status != EventStatus::cancelled &&
         host.allowed(actor, kOrganise, store::scopeOf(tx, event));
}

/// A template is no event that anybody could bring something to.
std::optional<Event> heldEvent(ReadTx& tx, std::int64_t key) {
  const EventId id{key};
  auto event = store::findEvent(tx, id);
  if (!event || store::isTemplate(tx, id)) return std::nullopt;
  return event;
}

EventSummary summaryOf(const Event& event) {
  return {.key = event.id.value,
          .title = event.title,
          .begins = event.startsAt,
          .region = event.region,
          .path = "/events/" + event.id.text()};
}

}  // namespace

std::vector<EventSummary> MaterialsOfEvents::openTo(ReadTx& tx, Host& host, const Actor& actor,
                                                    std::optional<RegionCode> region) {
  std::vector<EventSummary> open;
  for (const EventId id : store::beginningBetween(tx, region, now() - kBack, now() + kAhead)) {
    const auto event = store::findEvent(tx, id);
    if (event && mayBring(tx, host, actor, *event)) open.push_back(summaryOf(*event));
    if (open.size() == kMost) break;
  }
  return open;
}

std::optional<EventSummary> MaterialsOfEvents::find(ReadTx& tx, std::int64_t key) {
  const auto event = heldEvent(tx, key);
  if (!event) return std::nullopt;
  return summaryOf(*event);
}

bool MaterialsOfEvents::attach(WriteTx& tx, Host& host, const Actor& actor, std::int64_t key,
                               const LocalText& title, const std::variant<FileId, std::string>& brought) {
  const auto event = heldEvent(tx, key);
  if (!event || title.empty() || !mayBring(tx, host, actor, *event)) return false;
  Material material;
  material.title = title;
  if (const auto* file = std::get_if<FileId>(&brought))
    material.file = *file;
  else if (isSafeLink(std::get<std::string>(brought)))
    material.link = std::get<std::string>(brought);
  else
    return false;
  addMaterial(tx, event->id, std::move(material), {});
  return true;
}

}  // namespace toimela::events::operations
