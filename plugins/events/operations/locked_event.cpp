#include "operations/locked_event.h"

#include <algorithm>

#include "domain/pools.h"
#include "operations/audit.h"
#include "operations/followup.h"
#include "operations/letters.h"
#include "store/events.h"
#include "store/places.h"
#include "toimela/host.h"

namespace toimela::events::operations {

namespace {

constexpr int kWaitingAtATime = 200;

Event require(ReadTx& tx, EventId id) {
  auto event = store::findEvent(tx, id);
  if (!event) throw NotFound();
  return std::move(*event);
}

std::int64_t lock(WriteTx& tx, EventId id, std::int64_t positions) {
  const auto first = store::lockEvent(tx, id, positions);
  if (!first) throw NotFound();
  return *first;
}

}  // namespace

Standing::Standing(ReadTx& reading, EventId id)
    : tx(reading), event(require(reading, id)), places(store::loadPlaces(reading, id)) {}

LockedEvent::LockedEvent(WriteTx& tx, EventId id, std::int64_t positions)
    : tx_(tx), first_(lock(tx, id, positions)), standing_(tx, id) {
  standing_.position = first_;
}

void LockedEvent::settle() {
  std::vector<ParticipantId> promoted;
  const bool isOn = event().status == EventStatus::published && tx_.time() < event().endsAt;
  for (std::int64_t after = 0; isOn && !places().isEventFull();) {
    const auto page = waitingFrom(after);
    if (page.empty()) break;
    std::vector<Seat> seats;
    for (const store::Waiting& waiting : page) seats.push_back(waiting.seat);
    std::ranges::move(promote(places(), seats), std::back_inserter(promoted));
    after = page.back().position;
  }
  givePlaces(promoted);
  store::savePlaces(tx_, id(), places());
}

/// The next part of the list. A group that goes in together is never cut in two.
std::vector<store::Waiting> LockedEvent::waitingFrom(std::int64_t after) {
  for (int limit = kWaitingAtATime;; limit *= 2) {
    auto page = store::waitingSeats(tx_, id(), after, limit);
    if (static_cast<int>(page.size()) < limit) return page;
    const RegistrationId last = page.back().seat.registration;
    const auto cut = std::ranges::find_if(
        page, [&](const store::Waiting& waiting) { return waiting.seat.registration == last; });
    if (cut == page.begin()) continue;
    page.erase(cut, page.end());
    return page;
  }
}

void LockedEvent::givePlaces(const std::vector<ParticipantId>& promoted) {
  if (promoted.empty()) return;
  const auto& offerHours = event().places.offerHours;
  store::setState(tx_, promoted, offerHours ? PlaceState::offered : PlaceState::confirmed,
                  offerHours ? std::optional(tx_.time() + std::chrono::hours(*offerHours)) : std::nullopt);
  for (const ParticipantId participant : promoted) {
    tx_.audit(entryFor(offerHours ? "events.place.offer" : "events.place.promote", event(), participant));
    tx_.letter(offerHours ? kOffered : kPromoted, participant.value);
    if (!offerHours) tx_.letter(kPlace, participant.value);
  }
  if (!offerHours) askFollowUp(tx_, id(), promoted);
}

std::optional<Found> find(ReadTx& tx, EventId event, ParticipantId id) {
  auto participant = store::findParticipant(tx, event, id);
  if (!participant) return std::nullopt;
  auto registration = store::findRegistration(tx, participant->registration);
  if (!registration) return std::nullopt;
  auto wanted = wantedBy(*participant, registration->organisation);
  return Found{std::move(*participant), std::move(*registration), std::move(wanted)};
}

}  // namespace toimela::events::operations
