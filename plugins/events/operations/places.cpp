#include "operations/places.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "domain/pools.h"
#include "operations/audit.h"
#include "operations/letters.h"
#include "operations/mailings.h"
#include "store/events.h"
#include "store/managing.h"
#include "store/places.h"
#include "store/registrations.h"
#include "toimela/host.h"
#include "toimela/secrets.h"

namespace toimela::events::operations {

namespace {

using Why = Refusal::Why;
using Kind = PoolKey::Kind;

constexpr int kWaitingAtATime = 200;
constexpr PoolKey kWholeEvent{Kind::event, 0};

/// An event whose places nobody else can touch until the transaction ends.
class LockedEvent {
 public:
  /// Reserves `positions` places at the end of the list.
  LockedEvent(WriteTx& tx, EventId id, std::int64_t positions = 0) : tx_(tx) {
    const auto first = store::lockEvent(tx, id, positions);
    if (!first) throw NotFound();
    nextPosition_ = *first;
    event_ = *store::findEvent(tx, id);
    places_ = store::loadPlaces(tx, id);
  }

  WriteTx& tx() { return tx_; }
  const Event& event() const { return event_; }
  EventId id() const { return event_.id; }
  Places& places() { return places_; }
  std::int64_t nextPosition() { return ++nextPosition_; }

  /// Gives what is free to those who wait, as the event's rules say, and writes the counts. Nobody gets
  /// a place in what has been called off or is over.
  void settle() {
    std::vector<ParticipantId> promoted;
    const bool isOn = event_.status == EventStatus::published && tx_.time() < event_.endsAt;
    for (std::int64_t after = 0; isOn && !places_.isEventFull();) {
      const auto page = waitingFrom(after);
      if (page.empty()) break;
      std::vector<Seat> seats;
      for (const store::Waiting& waiting : page) seats.push_back(waiting.seat);
      std::ranges::move(promote(places_, seats), std::back_inserter(promoted));
      after = page.back().position;
    }
    givePlaces(promoted);
    store::savePlaces(tx_, id(), places_);
  }

 private:
  /// The next part of the list. A group that goes in together is never cut in two.
  std::vector<store::Waiting> waitingFrom(std::int64_t after) {
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

  void givePlaces(const std::vector<ParticipantId>& promoted) {
    if (promoted.empty()) return;
    const bool isOffer = event_.places.offerHours.has_value();
    store::setState(tx_, promoted, isOffer ? PlaceState::offered : PlaceState::confirmed,
                    isOffer ? std::optional(tx_.time() + std::chrono::hours(*event_.places.offerHours))
                            : std::nullopt);
    for (const ParticipantId participant : promoted) {
      tx_.audit(entryFor(isOffer ? "events.place.offer" : "events.place.promote", event_, participant));
      tx_.letter(isOffer ? kOffered : kPromoted, participant.value);
      if (!isOffer) tx_.letter(kPlace, participant.value);
    }
  }

  WriteTx& tx_;
  Event event_;
  Places places_;
  std::int64_t nextPosition_ = 0;
};

/// A participant of the event with what they hold or want.
struct Found {
  Participant participant;
  Registration registration;
  std::vector<PoolKey> wanted;
};
std::optional<Found> find(WriteTx& tx, EventId event, ParticipantId id) {
  auto participant = store::findParticipant(tx, event, id);
  if (!participant) return std::nullopt;
  auto registration = store::findRegistration(tx, participant->registration);
  if (!registration) return std::nullopt;
  auto wanted = wantedBy(*participant, registration->organisation);
  return Found{std::move(*participant), std::move(*registration), std::move(wanted)};
}

/// Takes registrations one after the other into an event that is locked.
class Desk {
 public:
  Desk(LockedEvent& locked, std::span<const Wish> wishes)
      : locked_(locked),
        registering_(registeringOf(locked.event(), locked.tx().time())),
        sessions_(store::sessionsOf(locked.tx(), locked.id())),
        quotas_(store::quotasOf(locked.tx(), locked.id())) {
    std::vector<std::string> keys, addresses;
    for (const Wish& wish : wishes) {
      keys.push_back(wish.registration.formKey);
      for (const Participant& participant : wish.registration.participants)
        if (participant.email) addresses.push_back(participant.email->key());
    }
    made_ = store::madeWith(locked.tx(), locked.id(), keys);
    taken_ = store::registeredAddresses(locked.tx(), locked.id(), addresses);
  }

  /// Decides; what is taken is saved by save().
  Outcome take(const Wish& wish) {
    if (const auto made = made_.find(wish.registration.formKey); made != made_.end())
      return Registered{*store::findRegistration(locked_.tx(), made->second), true};
    Registration registration = wish.registration;
    registration.event = locked_.id();
    if (auto refusal = refusalOf(registration, wish.byOrganiser)) return *refusal;
    if (auto refusal = givePlaces(registration, wish)) return *refusal;
    for (const Participant& participant : registration.participants)
      if (participant.email) taken_.insert(participant.email->key());
    return Registered{std::move(registration)};
  }

 private:
  std::optional<Refusal> refusalOf(const Registration& registration, bool byOrganiser) {
    if (!mayRegister(byOrganiser))
      return Refusal{.why = Why::notOpen, .registering = registering_};
    std::set<std::string> own;
    for (std::size_t i = 0; i < registration.participants.size(); ++i) {
      const Participant& participant = registration.participants[i];
      if (participant.email && (taken_.contains(participant.email->key()) ||
                                !own.insert(participant.email->key()).second))
        return Refusal{.why = Why::duplicate, .index = i};
      if (const auto problem = problemWithChoice(sessions_, participant.sessions))
        return Refusal{.why = *problem == ChoiceProblem::overlapping ? Why::overlapping
                                                                    : Why::unknownWorkshop,
                       .index = i};
    }
    return overCeiling(registration);
  }

  /// An organiser enters people also before registration opens and after it has closed.
  bool mayRegister(bool byOrganiser) const {
    return registering_ == Registering::open ||
           (byOrganiser && locked_.event().status == EventStatus::published);
  }

  std::optional<Refusal> overCeiling(const Registration& registration) {
    const auto ceiling = locked_.event().places.ceiling;
    if (!ceiling || !registration.organisation) return std::nullopt;
    const OrganisationId organisation = *registration.organisation;
    if (!live_.contains(organisation))
      live_[organisation] = store::liveOf(locked_.tx(), locked_.id(), organisation);
    const auto wanted = static_cast<std::int64_t>(registration.participants.size());
    const std::int64_t left = std::max<std::int64_t>(0, *ceiling - live_[organisation]);
    if (wanted > left) return Refusal{.why = Why::overCeiling, .left = left};
    live_[organisation] += wanted;
    locked_.places().add({Kind::organisation, organisation.value}, {ceiling, 0});
    return std::nullopt;
  }

  /// Nobody who waits fits, or they would not wait: who fits now takes no place from them.
  std::optional<Refusal> givePlaces(Registration& registration, const Wish& wish) {
    const bool approvesFirst = locked_.event().places.approvesFirst && !wish.byOrganiser;
    Places& places = locked_.places();
    const Places before = places;
    std::size_t placed = 0;
    for (Participant& participant : registration.participants) {
      participant.quota = quotaOf(quotas_, registration.sector);
      participant.position = locked_.nextPosition();
      participant.code = secrets::random(12);
      participant.state = PlaceState::waiting;
      if (approvesFirst) {
        participant.state = PlaceState::pending;
      } else if (places.take(wantedBy(participant, registration.organisation))) {
        participant.state = PlaceState::confirmed;
        ++placed;
      }
    }
    const std::size_t wanted = registration.participants.size();
    if (approvesFirst || placed == wanted) return std::nullopt;
    if (wish.onlyNow || !locked_.event().places.hasWaitingList) {
      places = before;
      forget(registration);
      return Refusal{.why = Why::full, .left = static_cast<std::int64_t>(placed)};
    }
    if (registration.mode == GroupMode::together) {
      places = before;
      for (Participant& participant : registration.participants)
        participant.state = PlaceState::waiting;
    }
    return std::nullopt;
  }

  void forget(const Registration& registration) {
    if (registration.organisation && live_.contains(*registration.organisation))
      live_[*registration.organisation] -= static_cast<std::int64_t>(registration.participants.size());
  }

  LockedEvent& locked_;
  Registering registering_;
  std::vector<Session> sessions_;
  std::vector<Quota> quotas_;
  std::map<std::string, RegistrationId> made_;
  std::set<std::string> taken_;
  std::map<OrganisationId, std::int64_t> live_;
};

void save(LockedEvent& locked, std::span<const Wish> wishes, std::vector<Outcome>& outcomes) {
  std::vector<Registration*> taken;
  std::vector<const Wish*> wished;
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    if (auto* registered = std::get_if<Registered>(&outcomes[i]); registered && !registered->isRepeated) {
      taken.push_back(&registered->registration);
      wished.push_back(&wishes[i]);
    }
  WriteTx& tx = locked.tx();
  store::insertRegistrations(tx, taken);
  store::savePlaces(tx, locked.id(), locked.places());
  for (std::size_t i = 0; i < taken.size(); ++i) {
    AuditEntry entry = entryFor("events.registration.add", locked.event(), *taken[i]);
    entry.actor = wished[i]->actor;
    tx.audit(std::move(entry));
    const bool isEntered = wished[i]->byOrganiser;
    if (isEntered)
      tx.audit(entryFor("events.registration.enter", locked.event(), taken[i]->participants.front().id,
                        wished[i]->reason));
    // Who gave no address is entered under the organiser's, who knows already.
    if (isEntered && !taken[i]->participants.front().email) continue;
    if (taken[i]->confirmBy)
      tx.letter(kRegistered, taken[i]->id.value);
    else
      tellRegistered(tx, *taken[i]);
  }
  if (taken.empty()) tx.unaudited("nothing was registered");
}

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

std::vector<Outcome> registerAll(WriteTx& tx, EventId event, std::span<const Wish> wishes) {
  std::int64_t people = 0;
  for (const Wish& wish : wishes) people += static_cast<std::int64_t>(wish.registration.participants.size());
  LockedEvent locked(tx, event, people);
  Desk desk(locked, wishes);
  std::vector<Outcome> outcomes;
  std::map<std::string_view, std::size_t> seen;
  std::vector<std::pair<std::size_t, std::size_t>> repeats;
  for (const Wish& wish : wishes) {
    const auto [first, isNew] = seen.emplace(wish.registration.formKey, outcomes.size());
    if (!isNew) repeats.emplace_back(outcomes.size(), first->second);
    outcomes.push_back(isNew ? desk.take(wish) : Outcome{Refusal{}});
  }
  save(locked, wishes, outcomes);
  // The same form twice in one go: the later one gets the answer of the first.
  for (const auto& [again, first] : repeats) {
    outcomes[again] = outcomes[first];
    if (auto* registered = std::get_if<Registered>(&outcomes[again])) registered->isRepeated = true;
  }
  return outcomes;
}

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
  if (isPlaced) tx.letter(kPlace, participant.value);
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
  for (const ParticipantId id : lapsed) {
    const auto found = find(tx, event, id);
    if (holdsPlace(found->participant.state)) locked.places().give(found->wanted);
    tx.audit(entryFor("events.place.lapse", locked.event(), id));
    tx.letter(kLapsed, id.value);
  }
  if (lapsed.empty()) tx.unaudited("another process has taken them back");
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

namespace {

std::optional<Participant> setAttended(WriteTx& tx, EventId event, const std::string& code, bool hasCome) {
  auto participant = store::findByCode(tx, event, code);
  if (!participant || participant->state != PlaceState::confirmed) {
    tx.unaudited("nobody with a place has that code");
    return std::nullopt;
  }
  if (participant->attendedAt.has_value() == hasCome) {
    tx.unaudited("it was noted already");
    return participant;
  }
  participant->attendedAt = hasCome ? std::optional(tx.time()) : std::nullopt;
  store::setAttended(tx, participant->id, participant->attendedAt);
  tx.audit(entryFor(hasCome ? "events.attendance.add" : "events.attendance.undo",
                    *store::findEvent(tx, event), participant->id));
  return participant;
}

}  // namespace

std::optional<Participant> checkIn(WriteTx& tx, EventId event, const std::string& code) {
  return setAttended(tx, event, code, true);
}

std::optional<Participant> undoCheckIn(WriteTx& tx, EventId event, const std::string& code) {
  return setAttended(tx, event, code, false);
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
  store::updateEvent(tx, changed);
  tx.audit(entryFor("events.places.ceiling", changed));
  locked.settle();
  return std::nullopt;
}

}  // namespace toimela::events::operations
