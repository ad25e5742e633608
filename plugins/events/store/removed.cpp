#include "store/removed.h"

#include <span>

#include "store/finding.h"
#include "toimela/stored_code.h"

namespace toimela {

template <>
struct Stored<events::Removed::Part> : StoredCode<events::kRemovedParts> {};

namespace events::store {

namespace {

#define ASIDE(table, key, of) \
  "UPDATE " table " SET removed_at = :at WHERE " key " = :id AND " of " = :event AND removed_at IS NULL"
#define BACK(table, key, of) \
  "UPDATE " table " SET removed_at = NULL WHERE removed_at = :at AND " key " = :id AND " of " = :event"
// Both in the order of Removed::Part.
constexpr Sql kAsides[] = {
    {"events.session.put_aside", ASIDE("events_session", "id", "event_id")},
    {"events.quota.put_aside", ASIDE("events_quota", "id", "event_id")},
    {"events.material.put_aside", ASIDE("events_material", "id", "event_id")},
    {"events.picture.put_aside", ASIDE("events_picture", "file_id", "event_id")},
    {"events.event.put_aside", ASIDE("events_event", "id", "id")},
    {"events.question.put_aside", ASIDE("events_question", "id", "event_id")},
};
constexpr Sql kReturns[] = {
    {"events.session.bring_back", BACK("events_session", "id", "event_id")},
    {"events.quota.bring_back", BACK("events_quota", "id", "event_id")},
    {"events.material.bring_back", BACK("events_material", "id", "event_id")},
    {"events.picture.bring_back", BACK("events_picture", "file_id", "event_id")},
    {"events.event.bring_back", BACK("events_event", "id", "id")},
    {"events.question.bring_back", BACK("events_question", "id", "event_id")},
};
#undef ASIDE
#undef BACK

#define REMOVED(part, table, key, of) \
  "SELECT '" part "', " key ", removed_at FROM " table " WHERE " of " = :event AND removed_at IS NOT NULL "
constexpr Sql kOf{"events.removed.of_event",
                  REMOVED("session", "events_session", "id", "event_id") "UNION ALL "
                  REMOVED("quota", "events_quota", "id", "event_id") "UNION ALL "
                  REMOVED("material", "events_material", "id", "event_id") "UNION ALL "
                  REMOVED("picture", "events_picture", "file_id", "event_id") "UNION ALL "
                  REMOVED("question", "events_question", "id", "event_id") "UNION ALL "
                  REMOVED("event", "events_event", "id", "id")};
#undef REMOVED
#define BEFORE(table, of) "SELECT " of " FROM " table " WHERE removed_at < :before "
constexpr Sql kEvents{"events.removed.events",
                      BEFORE("events_session", "event_id") "UNION " BEFORE("events_quota", "event_id") "UNION "
                      BEFORE("events_material", "event_id") "UNION " BEFORE("events_picture", "event_id") "UNION "
                      BEFORE("events_question", "event_id") "UNION "
                      BEFORE("events_event", "id")};
#undef BEFORE

bool set(WriteTx& tx, EventId event, const Removed& removed, std::span<const Sql> of) {
  const bool isDone = tx.run(of[static_cast<std::size_t>(removed.part)], removed.at, removed.id, event) == 1;
  // Words of the programme are found, too.
  if (isDone) tellSearch(tx, event);
  return isDone;
}

}  // namespace

bool putAside(WriteTx& tx, EventId event, const Removed& removed) { return set(tx, event, removed, kAsides); }

bool bringBack(WriteTx& tx, EventId event, const Removed& removed) { return set(tx, event, removed, kReturns); }

std::vector<Removed> removedOf(ReadTx& tx, EventId event) {
  return tx.all(
      kOf, [](Removed::Part part, std::int64_t id, Instant at) { return Removed{part, id, at}; }, event);
}

std::vector<EventId> eventsWithRemoved(ReadTx& tx, Instant before) {
  return tx.all(kEvents, [](EventId id) { return id; }, before);
}

}  // namespace events::store

}  // namespace toimela
