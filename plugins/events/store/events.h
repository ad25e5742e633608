// Events and their programme in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "toimela/data.h"

namespace toimela::events::store {

std::optional<Event> findEvent(ReadTx& tx, EventId id);
std::vector<Session> sessionsOf(ReadTx& tx, EventId id);
std::vector<Quota> quotasOf(ReadTx& tx, EventId id);

/// An event as a list shows it.
struct EventSummary {
  EventId id;
  LocalText title, summary;
  EventKind kind;
  EventStatus status;
  Attendance attendance;
  std::optional<RegionCode> region;
  LocalText place;
  std::optional<MunicipalityCode> municipality;
  Instant startsAt, endsAt;
  std::optional<std::int64_t> capacity;
  std::int64_t taken = 0;
};

/// Which events a list has. Those of regions where the plugin is off are left out.
struct EventFilter {
  std::optional<RegionCode> region;
  std::optional<EventKind> kind;
  Instant from{};                       ///< that end after this
  std::optional<Instant> until;         ///< that begin before this
  bool onlyHeld = false;                ///< without those that were cancelled
  std::vector<std::string> groups = {}; ///< of the reader (toimela/groups.h): events for them are listed too
};
/// Published events that everybody, or a member of these groups, may see, the next one first.
std::vector<EventSummary> listEvents(ReadTx& tx, const EventFilter& filter, int limit, int offset);
std::int64_t countEvents(ReadTx& tx, const EventFilter& filter);
/// Published ones by id, after `after`: for paging with a cursor.
std::vector<EventSummary> eventsAfter(ReadTx& tx, EventId after, int limit);
/// Every event of a region (of the nation without one), drafts too, the newest first.
std::vector<EventSummary> managedEvents(ReadTx& tx, std::optional<RegionCode> region, int limit);

EventId insertEvent(WriteTx& tx, const Event& event);
/// Saves the event if it still has the revision it was read with; false when it has another. The
/// number of places is not among what it saves: that is resize() of operations/places.h.
[[nodiscard]] bool updateEvent(WriteTx& tx, const Event& event);
SessionId insertSession(WriteTx& tx, EventId event, const Session& session);
[[nodiscard]] bool updateSession(WriteTx& tx, EventId event, const Session& session);
QuotaId insertQuota(WriteTx& tx, EventId event, const Quota& quota);

/// Locks the event until the transaction ends, so that nobody else gives or takes its places, and
/// reserves `count` places at the end of the list; the first of them. Nothing: no such event.
std::optional<std::int64_t> lockEvent(WriteTx& tx, EventId id, std::int64_t count);

}  // namespace toimela::events::store
