#include "store/scheduled.h"

namespace toimela::events::store {

namespace {

#define COLUMNS "SELECT id, event_id, recipients, ticked, subject, text, send_at FROM events_scheduled_message "
#define WAITING "sent_at IS NULL AND cancelled_at IS NULL"
constexpr Sql kOfEvent{"events.scheduled.of_event",
                       COLUMNS "WHERE event_id = :event AND " WAITING " ORDER BY send_at, id"};
constexpr Sql kFind{"events.scheduled.find", COLUMNS "WHERE id = :id AND " WAITING};
constexpr Sql kDue{"events.scheduled.due",
                   "SELECT id FROM events_scheduled_message m WHERE " WAITING " AND send_at <= :now "
                   "AND EXISTS (SELECT 1 FROM events_event e WHERE e.id = m.event_id AND e.removed_at IS NULL) "
                   "ORDER BY send_at, id"};
constexpr Sql kAdd{"events.scheduled.add",
                   "INSERT INTO events_scheduled_message (event_id, recipients, ticked, subject, text, send_at, "
                   "made_by, made_at) VALUES (:event, :recipients, :ticked, :subject, :text, :send_at, :made_by, "
                   ":made_at) RETURNING id"};
constexpr Sql kSent{"events.scheduled.sent",
                    "UPDATE events_scheduled_message SET sent_at = :at WHERE id = :id AND " WAITING};
constexpr Sql kCancel{"events.scheduled.cancel",
                      "UPDATE events_scheduled_message SET cancelled_at = :at "
                      "WHERE id = :id AND event_id = :event AND " WAITING};
constexpr Sql kRestore{"events.scheduled.restore",
                       "UPDATE events_scheduled_message SET cancelled_at = NULL WHERE id = :id AND event_id = :event "
                       "AND cancelled_at IS NOT NULL AND send_at > :now"};
#undef WAITING
#undef COLUMNS

ScheduledMessage toMessage(ScheduledId id, EventId event, std::string recipients, std::string ticked,
                           std::string subject, std::string text, Instant sendAt) {
  return {id, event, std::move(recipients), std::move(ticked), std::move(subject), std::move(text), sendAt};
}

}  // namespace

std::vector<ScheduledMessage> scheduledOf(ReadTx& tx, EventId event) { return tx.all(kOfEvent, &toMessage, event); }

std::vector<ScheduledId> dueMessages(ReadTx& tx, Instant now) {
  return tx.all(kDue, [](ScheduledId id) { return id; }, now);
}

std::optional<ScheduledMessage> findScheduled(ReadTx& tx, ScheduledId id) { return tx.first(kFind, &toMessage, id); }

ScheduledId addScheduled(WriteTx& tx, const ScheduledMessage& m) {
  return tx.insert<ScheduledId>(kAdd, m.event, m.recipients, m.ticked, m.subject, m.text, m.sendAt, tx.actor(),
                                tx.time());
}

bool markSent(WriteTx& tx, ScheduledId id) { return tx.run(kSent, tx.time(), id) == 1; }

bool cancelScheduled(WriteTx& tx, EventId event, ScheduledId id) {
  return tx.run(kCancel, tx.time(), id, event) == 1;
}

bool restoreScheduled(WriteTx& tx, EventId event, ScheduledId id) {
  return tx.run(kRestore, id, event, tx.time()) == 1;
}

}  // namespace toimela::events::store
