#include "operations/organising.h"

#include <algorithm>

#include "operations/audit.h"
#include "operations/copying.h"
#include "operations/locked.h"
#include "operations/mailings.h"
#include "operations/places.h"
#include "store/events.h"
#include "store/managing.h"
#include "store/places.h"
#include "store/registrations.h"
#include "store/removed.h"
#include "toimela/host.h"

namespace toimela::events::operations {

namespace {

bool isElsewhere(const Event& a, const Event& b) {
  return a.startsAt != b.startsAt || a.endsAt != b.endsAt || a.place != b.place ||
         a.address != b.address || a.municipality != b.municipality ||
         a.attendance != b.attendance || a.onlineLink != b.onlineLink;
}

std::int64_t takenOf(WriteTx& tx, EventId event, PoolKey key) {
  const Places places = store::loadPlaces(tx, event);
  const Pool* pool = places.find(key);
  return pool ? pool->taken : 0;
}

std::optional<SaveProblem> problemWithPlaces(WriteTx& tx, const Event& event) {
  const std::int64_t taken = takenOf(tx, event.id, {PoolKey::Kind::event, 0});
  if (event.places.capacity && *event.places.capacity < taken)
    return SaveProblem{SaveProblem::Why::tooFewPlaces, taken};
  if (!event.places.ceiling) return std::nullopt;
  std::int64_t most = 0;
  for (const auto& held : store::heldByOrganisation(tx, event.id)) most = std::max(most, held.places);
  if (*event.places.ceiling < most) return SaveProblem{SaveProblem::Why::ceilingTooLow, most};
  return std::nullopt;
}

/// A removal that told somebody, or gave them a place, is not taken back behind them.
Removal finished(WriteTx& tx, const Event& event, const Removed& removed, bool concernsNobody) {
  if (concernsNobody && mayReturn(removed, event, tx.time())) return {true, removed};
  forget(tx, event.id, removed);
  return {true};
}

}  // namespace

EventId addEvent(WriteTx& tx, Event event) {
  event.status = EventStatus::draft;
  event.id = store::insertEvent(tx, event);
  tx.audit(entryFor("events.event.add", event));
  return event.id;
}

std::optional<SaveProblem> saveEvent(WriteTx& tx, Event event) {
  const Event current = lockedEvent(tx, event.id);
  if (current.revision != event.revision) {
    tx.unaudited("somebody else saved meanwhile");
    return SaveProblem{SaveProblem::Why::stale};
  }
  if (auto problem = problemWithPlaces(tx, event)) {
    tx.unaudited("more places are taken");
    return problem;
  }
  const bool isMoved = event.status == EventStatus::published && isElsewhere(event, current);
  Event saved = event;
  saved.places.ceiling = current.places.ceiling;
  saved.sequence = current.sequence + (isMoved ? 1 : 0);
  if (!store::updateEvent(tx, saved)) throw NotFound();
  tx.audit(entryFor("events.event.edit", event));
  if (event.places.capacity != current.places.capacity) resize(tx, event.id, event.places.capacity);
  if (event.places.ceiling != current.places.ceiling) setCeiling(tx, event.id, event.places.ceiling);
  if (isMoved) tellChanged(tx, saved);
  return std::nullopt;
}

bool publish(WriteTx& tx, EventId id) {
  Event event = lockedEvent(tx, id);
  if (event.status != EventStatus::draft || store::isTemplate(tx, id)) {
    tx.unaudited("it is no draft");
    return false;
  }
  event.status = EventStatus::published;
  if (!store::updateEvent(tx, event)) throw NotFound();
  tx.audit(entryFor("events.event.publish", event));
  return true;
}

bool cancelEvent(WriteTx& tx, EventId id, const std::string& reason) {
  Event event = lockedEvent(tx, id);
  if (event.status != EventStatus::published) {
    tx.unaudited("it is not published");
    return false;
  }
  event.status = EventStatus::cancelled;
  ++event.sequence;
  if (!store::updateEvent(tx, event)) throw NotFound();
  tx.audit(entryFor("events.event.cancel", event, reason));
  tellEventCancelled(tx, event);
  return true;
}

Removal removeDraft(WriteTx& tx, EventId id) {
  const Event event = lockedEvent(tx, id);
  if (event.status != EventStatus::draft || store::hasRegistrations(tx, id)) {
    tx.unaudited("people know of it");
    return {};
  }
  const Removed removed{Removed::Part::event, id.value, tx.time()};
  if (!store::putAside(tx, id, removed)) throw NotFound();
  store::forgetKeys(tx, id);
  tx.audit(entryFor("events.event.remove", event));
  return {true, removed};
}

EventId copyEvent(WriteTx& tx, EventId source, Date day) {
  Whole whole = wholeOf(tx, source);
  whole.moveTo({day, whole.event.region});
  insertCopy(tx, whole);
  tx.audit(entryFor("events.event.copy", whole.event));
  return whole.event.id;
}

EventId keepAsTemplate(WriteTx& tx, EventId source) {
  Whole whole = wholeOf(tx, source);
  insertCopy(tx, whole);
  store::makeTemplate(tx, whole.event.id);
  tx.audit(entryFor("events.event.keep", whole.event));
  return whole.event.id;
}

SessionId addSession(WriteTx& tx, EventId id, const Session& session) {
  const Event event = lockedEvent(tx, id);
  tx.audit(entryFor("events.session.add", event));
  return store::insertSession(tx, id, session);
}

std::optional<PartProblem> saveSession(WriteTx& tx, EventId id, const Session& session) {
  const Event event = lockedEvent(tx, id);
  const auto places = session.isChosen ? session.capacity : std::nullopt;
  if (places && *places < takenOf(tx, id, {PoolKey::Kind::session, session.id.value})) {
    tx.unaudited("more people have places in the workshop");
    return PartProblem::tooSmall;
  }
  if (!store::updateSession(tx, id, session)) {
    tx.unaudited("it was removed meanwhile");
    return PartProblem::gone;
  }
  tx.audit(entryFor("events.session.edit", event));
  resize(tx, id, session.id, places);
  return std::nullopt;
}

Removal removeSession(WriteTx& tx, EventId id, SessionId session, const std::string& reason) {
  const Event event = lockedEvent(tx, id);
  const Removed removed{Removed::Part::session, session.value, tx.time()};
  if (!store::putAside(tx, id, removed)) {
    tx.unaudited("it was removed meanwhile");
    return {};
  }
  tx.audit(entryFor("events.session.remove", event));
  const auto choosers = store::choosersOf(tx, id, session);
  for (const ParticipantId participant : choosers) {
    auto others = store::findParticipant(tx, id, participant)->sessions;
    std::erase(others, session);
    moveTo(tx, id, participant, others, By::organiser, reason);
  }
  return finished(tx, event, removed, choosers.empty());
}

std::variant<QuotaId, PartProblem> addQuota(WriteTx& tx, EventId id, const Quota& quota) {
  const Event event = lockedEvent(tx, id);
  Quota added = quota;
  added.id = store::insertQuota(tx, id, quota);
  const std::int64_t held = store::joinQuota(tx, id, added);
  if (held > quota.capacity) {
    store::removeQuota(tx, id, added.id);
    tx.unaudited("more of them have places");
    return PartProblem::tooSmall;
  }
  Places places = store::loadPlaces(tx, id);
  places.restate({PoolKey::Kind::quota, added.id.value}, {quota.capacity, held});
  store::savePlaces(tx, id, places);
  tx.audit(entryFor("events.quota.add", event));
  return added.id;
}

std::optional<PartProblem> saveQuota(WriteTx& tx, EventId id, const Quota& quota) {
  const Event event = lockedEvent(tx, id);
  if (quota.capacity < takenOf(tx, id, {PoolKey::Kind::quota, quota.id.value})) {
    tx.unaudited("more of them have places");
    return PartProblem::tooSmall;
  }
  if (!store::updateQuota(tx, id, quota)) {
    tx.unaudited("it was removed meanwhile");
    return PartProblem::gone;
  }
  tx.audit(entryFor("events.quota.edit", event));
  resize(tx, id, quota.id, quota.capacity);
  return std::nullopt;
}

Removal removeQuota(WriteTx& tx, EventId id, QuotaId quota) {
  const Event event = lockedEvent(tx, id);
  const Removed removed{Removed::Part::quota, quota.value, tx.time()};
  if (!store::putAside(tx, id, removed)) {
    tx.unaudited("it was removed meanwhile");
    return {};
  }
  tx.audit(entryFor("events.quota.remove", event));
  store::leaveQuota(tx, id, quota);
  const PoolKey key{PoolKey::Kind::quota, quota.value}, whole{PoolKey::Kind::event, 0};
  Places places = store::loadPlaces(tx, id);
  const Pool pool = *places.find(key);
  places.restate(key, {pool.capacity, 0});
  store::savePlaces(tx, id, places);
  const std::int64_t taken = takenOf(tx, id, whole);
  // Whoever waited for a place in it may have room now.
  resize(tx, id, event.places.capacity);
  return finished(tx, event, removed, takenOf(tx, id, whole) == taken);
}

}  // namespace toimela::events::operations
