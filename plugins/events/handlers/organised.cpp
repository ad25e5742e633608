#include "handlers/organised.h"

#include <algorithm>

#include "events.h"
#include "store/events.h"
#include "store/managing.h"
#include "store/registrations.h"
#include "store/retention.h"

namespace toimela::events::handlers {

namespace {

template <class T, class I>
T requireOne(std::vector<T> things, std::optional<I> id) {
  const auto found = std::ranges::find_if(things, [&](const T& thing) { return thing.id == id; });
  if (found == things.end()) throw NotFound();
  return std::move(*found);
}

}  // namespace

Event requireOrganised(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<EventId>("event");
  auto event = id ? store::findEvent(tx, *id) : std::nullopt;
  if (!event) throw NotFound();
  event->stage = stageOf(store::holdingOf(tx, event->id)->retention);
  return std::move(*event);
}

Session requireSession(ReadTx& tx, const Request& request, const Event& event) {
  return requireOne(store::sessionsOf(tx, event.id), request.parameters.id<SessionId>("session"));
}

Quota requireQuota(ReadTx& tx, const Request& request, const Event& event) {
  return requireOne(store::quotasOf(tx, event.id), request.parameters.id<QuotaId>("quota"));
}

Participant requireParticipant(ReadTx& tx, const Request& request, const Event& event) {
  const auto id = request.parameters.id<ParticipantId>("participant");
  auto participant = id ? store::findParticipant(tx, event.id, *id) : std::nullopt;
  if (!participant) throw NotFound();
  return std::move(*participant);
}

std::vector<RegionCode> Territory::codes() const {
  std::vector<RegionCode> codes;
  for (const Region& region : regions) codes.push_back(region.code);
  return codes;
}

Territory territoryOf(const Request& request, Host& host) {
  Territory territory{.nation = host.allowed(request.actor, kOrganise, Scope{})};
  for (const Region& region : host.regions())
    if (host.allowed(request.actor, kOrganise, {.region = region.code}) &&
        host.active(kPlugin, region.code))
      territory.regions.push_back(region);
  return territory;
}

view::Standing standingOf(ReadTx& tx, EventId event) {
  const auto count = [&](PlaceState state) {
    return store::countParticipants(tx, event, state) + store::goneInState(tx, event, code(state));
  };
  return {.confirmed = count(PlaceState::confirmed),
          .offered = count(PlaceState::offered),
          .waiting = count(PlaceState::waiting),
          .pending = count(PlaceState::pending),
          .attended = store::countAttended(tx, event) + store::goneNoted(tx, event)};
}

}  // namespace toimela::events::handlers
