#include "operations/places.h"

#include <algorithm>
#include <limits>
#include <set>

#include "domain/pools.h"
#include "operations/audit.h"
#include "operations/followup.h"
#include "operations/letters.h"
#include "operations/locked_event.h"
#include "store/events.h"
#include "store/form_counts.h"
#include "store/managing.h"
#include "store/registrations.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::events::operations {

namespace {

using Kind = PoolKey::Kind;

constexpr PoolKey kWholeEvent{Kind::event, 0};

/// Another state for one participant who is in `from`.
std::optional<Found> inState(LockedEvent& locked, ParticipantId id, PlaceState from) {
  auto found = find(locked.tx(), locked.id(), id);
  if (found && found->participant.state == from) return found;
  locked.tx().unaudited("the place is no longer in that state");
  return std::nullopt;
}

void setState(LockedEvent& locked, ParticipantId id, PlaceState state) {
  store::setState(locked.tx(), std::span(&id, 1), state);
}

std::optional<PlaceProblem> resizePool(WriteTx& tx, EventId event, PoolKey key,
                                       std::optional<std::int64_t> capacity) {
  LockedEvent locked(tx, event);
  if (!locked.places().resize(key, capacity)) {
    tx.unaudited("more places are taken");
    return PlaceProblem::tooSmall;
  }
  tx.audit(entryFor("events.places.resize", locked.event()));
  locked.settle();
  return std::nullopt;
}

}  // namespace

std::size_t cancel(WriteTx& tx, EventId event, std::span<const ParticipantId> participants, By by,
                   const std::string& reason) {
  LockedEvent locked(tx, event);
  std::vector<ParticipantId> cancelled;
  for (const ParticipantId id : participants) {
    const auto found = find(tx, event, id);
    if (!found || !isLive(found->participant.state)) continue;
    if (holdsPlace(found->participant.state)) locked.places().give(found->wanted);
    cancelled.push_back(id);
    AuditEntry entry = entryFor(by == By::organiser ? "events.place.remove" : "events.place.cancel",
                                locked.event(), id, reason);
    tx.audit(std::move(entry));
    tx.letter(kCancelled, id.value);
    if (found->participant.state == PlaceState::confirmed) tx.letter(kPlace, id.value);
  }
  if (cancelled.empty()) tx.unaudited("there was nothing to cancel");
  store::setState(tx, cancelled, PlaceState::cancelled);
  locked.settle();
  return cancelled.size();
}

std::optional<PlaceProblem> approve(WriteTx& tx, EventId event, ParticipantId participant) {
  LockedEvent locked(tx, event);
  const auto found = inState(locked, participant, PlaceState::pending);
  if (!found) return PlaceProblem::notThere;
  const bool isPlaced = locked.places().take(found->wanted);
  setState(locked, participant, isPlaced ? PlaceState::confirmed : PlaceState::waiting);
  tx.audit(entryFor("events.place.approve", locked.event(), participant));
  tx.letter(kApproved, participant.value);
  if (isPlaced) {
    tx.letter(kPlace, participant.value);
    askFollowUp(tx, event, std::span(&participant, 1));
  }
  locked.settle();
  return std::nullopt;
}

std::optional<PlaceProblem> decline(WriteTx& tx, EventId event, ParticipantId participant,
                                    const std::string& reason) {
  LockedEvent locked(tx, event);
  if (!inState(locked, participant, PlaceState::pending)) return PlaceProblem::notThere;
  setState(locked, participant, PlaceState::declined);
  tx.audit(entryFor("events.place.decline", locked.event(), participant, reason));
  tx.letter(kDeclined, participant.value);
  return std::nullopt;
}

std::optional<PlaceProblem> acceptOffer(WriteTx& tx, EventId event, ParticipantId participant) {
  LockedEvent locked(tx, event);
  const auto found = inState(locked, participant, PlaceState::offered);
  if (!found) return PlaceProblem::notThere;
  if (found->participant.offerUntil && *found->participant.offerUntil < tx.time()) {
    tx.unaudited("the offer has run out");
    return PlaceProblem::notThere;
  }
  setState(locked, participant, PlaceState::confirmed);
  tx.audit(entryFor("events.place.accept", locked.event(), participant));
  tx.letter(kPromoted, participant.value);
  tx.letter(kPlace, participant.value);
  askFollowUp(tx, event, std::span(&participant, 1));
  return std::nullopt;
}

std::optional<PlaceProblem> declineOffer(WriteTx& tx, EventId event, ParticipantId participant) {
  LockedEvent locked(tx, event);
  const auto found = inState(locked, participant, PlaceState::offered);
  if (!found) return PlaceProblem::notThere;
  locked.places().give(found->wanted);
  setState(locked, participant, PlaceState::cancelled);
  tx.audit(entryFor("events.place.refuse", locked.event(), participant));
  locked.settle();
  return std::nullopt;
}

std::size_t lapse(WriteTx& tx, EventId event) {
  LockedEvent locked(tx, event);
  const auto lapsed = store::lapsedOf(tx, event, tx.time());
  std::set<RegistrationId> unconfirmed;
  for (const ParticipantId id : lapsed) {
    const auto found = find(tx, event, id);
    if (holdsPlace(found->participant.state)) locked.places().give(found->wanted);
    if (found->registration.confirmBy) unconfirmed.insert(found->registration.id);
    tx.audit(entryFor("events.place.lapse", locked.event(), id));
    tx.letter(kLapsed, id.value);
  }
  if (lapsed.empty()) tx.unaudited("another process has taken them back");
  if (!unconfirmed.empty())
    store::addToCount(tx, event, Date::today(), FormStep::unconfirmed, static_cast<std::int64_t>(unconfirmed.size()));
  store::setState(tx, lapsed, PlaceState::lapsed);
  store::forgetLapsedConfirmations(tx, event);
  locked.settle();
  return lapsed.size();
}

std::optional<PlaceProblem> moveTo(WriteTx& tx, EventId event, ParticipantId participant,
                                   const std::vector<SessionId>& sessions, By by,
                                   const std::string& reason) {
  LockedEvent locked(tx, event);
  auto found = find(tx, event, participant);
  if (!found || !isLive(found->participant.state)) {
    tx.unaudited("there is no such place any more");
    return PlaceProblem::notThere;
  }
  if (holdsPlace(found->participant.state)) {
    locked.places().give(found->wanted);
    found->participant.sessions = sessions;
    if (!locked.places().take(wantedBy(found->participant, found->registration.organisation))) {
      tx.unaudited("there is no room in the workshops");
      return PlaceProblem::full;
    }
  }
  store::setSessions(tx, participant, sessions);
  tx.audit(entryFor("events.place.move", locked.event(), participant, reason));
  if (by == By::organiser) tx.letter(kMoved, participant.value);
  if (found->participant.state == PlaceState::confirmed) tx.letter(kPlace, participant.value);
  locked.settle();
  return std::nullopt;
}

std::optional<Refusal> linkOrganisation(WriteTx& tx, EventId event, RegistrationId id,
                                        const Organisation& organisation, const std::string& reason) {
  LockedEvent locked(tx, event);
  const auto registration = store::findRegistration(tx, id);
  if (!registration || registration->event != event) throw NotFound();
  if (registration->organisation == organisation.id) {
    tx.unaudited("it is the organisation's already");
    return std::nullopt;
  }
  const auto& people = registration->participants;
  const auto live = std::ranges::count_if(people, [](const auto& each) { return isLive(each.state); });
  const auto held = std::ranges::count_if(people, [](const auto& each) { return holdsPlace(each.state); });
  const std::vector<PoolKey> pool{{Kind::organisation, organisation.id.value}};
  if (const auto ceiling = locked.event().places.ceiling) {
    const std::int64_t left = *ceiling - store::liveOf(tx, event, organisation.id);
    if (live > left) {
      tx.unaudited("the organisation has too many places");
      return Refusal{.why = Refusal::Why::overCeiling, .left = std::max<std::int64_t>(0, left)};
    }
    locked.places().add(pool.front(), {ceiling, 0});
  }
  for (std::ptrdiff_t i = 0; i < held; ++i) {
    if (registration->organisation)
      locked.places().give(std::vector<PoolKey>{{Kind::organisation, registration->organisation->value}});
    locked.places().take(pool);
  }
  store::setOrganisation(tx, id, organisation.id, organisation.name.pick(Locale::fi).text);
  AuditEntry entry = entryFor("events.registration.link", locked.event(), people.front().id, reason);
  entry.organisation = organisation.id;
  tx.audit(std::move(entry));
  locked.settle();
  return std::nullopt;
}

namespace {

std::optional<Participant> setAttended(WriteTx& tx, EventId event, const std::string& code,
                                       std::optional<Instant> at) {
  const bool hasCome = at.has_value();
  auto participant = store::findByCode(tx, event, code);
  if (!participant || participant->state != PlaceState::confirmed) {
    tx.unaudited("nobody with a place has that code");
    return std::nullopt;
  }
  if (participant->attendedAt.has_value() == hasCome) {
    tx.unaudited("it was noted already");
    return participant;
  }
  participant->attendedAt = at;
  store::setAttended(tx, participant->id, participant->attendedAt);
  tx.audit(entryFor(hasCome ? "events.attendance.add" : "events.attendance.undo",
                    *store::findEvent(tx, event), participant->id));
  return participant;
}

}  // namespace

std::optional<Participant> checkIn(WriteTx& tx, EventId event, const std::string& code, std::chrono::seconds ago) {
  return setAttended(tx, event, code, tx.time() - ago);
}

std::optional<Participant> undoCheckIn(WriteTx& tx, EventId event, const std::string& code) {
  return setAttended(tx, event, code, std::nullopt);
}

std::optional<PlaceProblem> moveInList(WriteTx& tx, EventId event, RegistrationId registration,
                                       std::optional<RegistrationId> before,
                                       const std::string& reason) {
  LockedEvent locked(tx, event, 1);
  const auto moved = store::findRegistration(tx, registration);
  const auto isWaiting = [](const Participant& p) { return p.state == PlaceState::waiting; };
  if (!moved || moved->event != event || std::ranges::none_of(moved->participants, isWaiting)) {
    tx.unaudited("it does not wait any more");
    return PlaceProblem::notThere;
  }
  std::vector<RegistrationId> order;
  for (const auto& waiting : store::waitingSeats(tx, event, 0, std::numeric_limits<int>::max()))
    if (waiting.seat.registration != registration &&
        (order.empty() || order.back() != waiting.seat.registration))
      order.push_back(waiting.seat.registration);
  const auto at = before ? std::ranges::find(order, *before) : order.end();
  if (before && at == order.end()) {
    tx.unaudited("who it should come before does not wait any more");
    return PlaceProblem::notThere;
  }
  order.insert(at, registration);
  store::setOrder(tx, event, order);
  tx.audit(entryFor("events.list.move", locked.event(), moved->participants.front().id, reason));
  locked.settle();
  return std::nullopt;
}

std::optional<PlaceProblem> resize(WriteTx& tx, EventId event, std::optional<std::int64_t> capacity) {
  return resizePool(tx, event, kWholeEvent, capacity);
}

std::optional<PlaceProblem> resize(WriteTx& tx, EventId event, SessionId session,
                                   std::optional<std::int64_t> capacity) {
  return resizePool(tx, event, {Kind::session, session.value}, capacity);
}

std::optional<PlaceProblem> resize(WriteTx& tx, EventId event, QuotaId quota, std::int64_t capacity) {
  return resizePool(tx, event, {Kind::quota, quota.value}, capacity);
}

std::optional<PlaceProblem> setCeiling(WriteTx& tx, EventId event, std::optional<std::int64_t> ceiling) {
  LockedEvent locked(tx, event);
  // Without a ceiling nobody counts the places of organisations: those that have some begin now.
  for (const auto& held : store::heldByOrganisation(tx, event))
    locked.places().add({Kind::organisation, held.organisation.value}, {std::nullopt, held.places});
  const auto pools = locked.places().pools();
  for (const auto& [key, pool] : pools)
    if (key.kind == Kind::organisation && !locked.places().resize(key, ceiling)) {
      tx.unaudited("an organisation has more places");
      return PlaceProblem::tooSmall;
    }
  Event changed = locked.event();
  changed.places.ceiling = ceiling;
  if (!store::updateEvent(tx, changed)) throw NotFound();
  tx.audit(entryFor("events.places.ceiling", changed));
  locked.settle();
  return std::nullopt;
}

}  // namespace toimela::events::operations
