#include "store/mailings.h"

#include <algorithm>

#include "store/stored.h"

namespace toimela::events::store {

namespace {

constexpr Sql kRegistrationOf{
    "events.mailing.registration_of",
    "SELECT r.id FROM events_participant p JOIN events_registration r ON r.id = p.registration_id "
    "WHERE p.id = :participant AND r.erased_at IS NULL"};
constexpr Sql kTogether{
    "events.mailing.changed_together",
    "SELECT o.id FROM events_participant p JOIN events_participant o "
    "ON o.registration_id = p.registration_id AND o.state = p.state AND o.changed_at = p.changed_at "
    "WHERE p.id = :participant ORDER BY o.id"};
constexpr Sql kRegistrationsIn{
    "events.mailing.registrations_in",
    "SELECT DISTINCT p.registration_id FROM events_participant p "
    "JOIN events_registration r ON r.id = p.registration_id "
    "WHERE p.event_id = :event AND p.state = :state AND r.erased_at IS NULL AND r.confirm_by IS NULL "
    "ORDER BY p.registration_id"};
constexpr Sql kGuestsIn{
    "events.mailing.guests_in",
    "SELECT p.id FROM events_participant p JOIN events_registration r ON r.id = p.registration_id "
    "WHERE p.event_id = :event AND p.state = 'confirmed' AND p.email_key IS NOT NULL "
    "AND p.email_key <> r.email_key AND r.erased_at IS NULL AND r.confirm_by IS NULL ORDER BY p.id"};
constexpr Sql kAttendedIn{
    "events.mailing.attended_in",
    "SELECT p.id FROM events_participant p JOIN events_registration r ON r.id = p.registration_id "
    "WHERE p.event_id = :event AND p.state = 'confirmed' AND r.erased_at IS NULL "
    "AND r.confirm_by IS NULL AND (p.attended_at IS NOT NULL OR NOT EXISTS "
    "(SELECT 1 FROM events_participant a WHERE a.event_id = p.event_id AND a.attended_at IS NOT NULL)) "
    "ORDER BY p.id"};
constexpr Sql kNote{"events.mailing.note",
                    "INSERT INTO events_mailing (event_id, kind, starts_at, sent_at) "
                    "VALUES (:event, :kind, :starts_at, :at) "
                    "ON CONFLICT (event_id, kind, starts_at) DO NOTHING"};
#define WITHOUT                                                                              \
  "AND e.status = 'published' AND NOT EXISTS (SELECT 1 FROM events_mailing m "               \
  "WHERE m.event_id = e.id AND m.kind = :kind AND m.starts_at = e.starts_at) ORDER BY e.id"
constexpr Sql kBeginning{"events.mailing.beginning_without",
                         "SELECT e.id FROM events_event e "
                         "WHERE e.starts_at >= :from AND e.starts_at < :to " WITHOUT};
constexpr Sql kEnded{"events.mailing.ended_without",
                     "SELECT e.id FROM events_event e "
                     "WHERE e.ends_at >= :from AND e.ends_at < :to " WITHOUT};
#undef WITHOUT

template <class T>
T itself(T value) {
  return value;
}

}  // namespace

std::optional<RegistrationId> registrationOf(ReadTx& tx, ParticipantId participant) {
  return tx.first(kRegistrationOf, &itself<RegistrationId>, participant);
}

std::vector<ParticipantId> changedTogether(ReadTx& tx, ParticipantId participant) {
  return tx.all(kTogether, &itself<ParticipantId>, participant);
}

std::vector<RegistrationId> registrationsIn(ReadTx& tx, EventId event, std::vector<PlaceState> states) {
  std::vector<RegistrationId> all;
  for (const PlaceState state : states)
    std::ranges::copy(tx.all(kRegistrationsIn, &itself<RegistrationId>, event, state),
                      std::back_inserter(all));
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  return all;
}

std::vector<ParticipantId> guestsIn(ReadTx& tx, EventId event) {
  return tx.all(kGuestsIn, &itself<ParticipantId>, event);
}

std::vector<ParticipantId> attendedIn(ReadTx& tx, EventId event) {
  return tx.all(kAttendedIn, &itself<ParticipantId>, event);
}

bool noteMailing(WriteTx& tx, EventId event, std::string_view kind, Instant startsAt) {
  return tx.run(kNote, event, kind, startsAt, tx.time()) == 1;
}

std::vector<EventId> beginningWithout(ReadTx& tx, std::string_view kind, Instant from, Instant to) {
  return tx.all(kBeginning, &itself<EventId>, from, to, kind);
}

std::vector<EventId> endedWithout(ReadTx& tx, std::string_view kind, Instant from, Instant to) {
  return tx.all(kEnded, &itself<EventId>, from, to, kind);
}

}  // namespace toimela::events::store
