// Who was in which workshop.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// Workshops that each participant of the event was noted in, in the order of the programme.
std::map<ParticipantId, std::vector<SessionId>> sessionsAttended(ReadTx& tx, EventId event);
std::vector<SessionId> sessionsAttended(ReadTx& tx, ParticipantId participant);
/// How many were noted in each workshop; those in which nobody was are left out.
std::map<SessionId, std::int64_t> sessionAttendance(ReadTx& tx, EventId event);

/// False when it was noted already, or was not there to be taken back.
[[nodiscard]] bool noteInSession(WriteTx& tx, ParticipantId participant, SessionId session, Instant at);
[[nodiscard]] bool forgetInSession(WriteTx& tx, ParticipantId participant, SessionId session);

}  // namespace toimela::events::store
