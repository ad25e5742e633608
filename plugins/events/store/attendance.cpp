#include "store/attendance.h"

namespace toimela::events::store {

namespace {

constexpr Sql kOfEvent{"events.session_attendance.of_event",
                       "SELECT a.participant_id, a.session_id FROM events_session_attendance a "
                       "JOIN events_session s ON s.id = a.session_id AND s.removed_at IS NULL WHERE s.event_id = :event "
                       "ORDER BY s.starts_at, s.id, a.participant_id"};
constexpr Sql kOfParticipant{"events.session_attendance.of_participant",
                             "SELECT a.session_id FROM events_session_attendance a "
                             "JOIN events_session s ON s.id = a.session_id AND s.removed_at IS NULL "
                             "WHERE a.participant_id = :participant ORDER BY s.starts_at, s.id"};
constexpr Sql kCount{"events.session_attendance.count",
                     "SELECT a.session_id, CAST(COUNT(*) AS BIGINT) FROM events_session_attendance a "
                     "JOIN events_session s ON s.id = a.session_id AND s.removed_at IS NULL WHERE s.event_id = :event "
                     "GROUP BY a.session_id"};
constexpr Sql kNote{"events.session_attendance.note",
                    "INSERT INTO events_session_attendance (participant_id, session_id, noted_at) "
                    "VALUES (:participant, :session, :at) ON CONFLICT (participant_id, session_id) DO NOTHING"};
constexpr Sql kForget{"events.session_attendance.forget",
                      "DELETE FROM events_session_attendance "
                      "WHERE participant_id = :participant AND session_id = :session"};

}  // namespace

std::map<ParticipantId, std::vector<SessionId>> sessionsAttended(ReadTx& tx, EventId event) {
  std::map<ParticipantId, std::vector<SessionId>> attended;
  tx.each(
      kOfEvent, [&](ParticipantId participant, SessionId session) { attended[participant].push_back(session); },
      event);
  return attended;
}

std::vector<SessionId> sessionsAttended(ReadTx& tx, ParticipantId participant) {
  return tx.all(kOfParticipant, [](SessionId session) { return session; }, participant);
}

std::map<SessionId, std::int64_t> sessionAttendance(ReadTx& tx, EventId event) {
  std::map<SessionId, std::int64_t> counts;
  tx.each(kCount, [&](SessionId session, std::int64_t people) { counts[session] = people; }, event);
  return counts;
}

bool noteInSession(WriteTx& tx, ParticipantId participant, SessionId session, Instant at) {
  return tx.run(kNote, participant, session, at) == 1;
}

bool forgetInSession(WriteTx& tx, ParticipantId participant, SessionId session) {
  return tx.run(kForget, participant, session) == 1;
}

}  // namespace toimela::events::store
