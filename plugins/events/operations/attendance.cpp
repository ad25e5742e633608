#include "operations/attendance.h"

#include "operations/audit.h"
#include "operations/places.h"
#include "store/attendance.h"
#include "store/events.h"
#include "store/registrations.h"

namespace toimela::events::operations {

std::optional<Participant> checkInto(WriteTx& tx, EventId event, SessionId session, const std::string& code,
                                     std::chrono::seconds ago) {
  const auto participant = checkIn(tx, event, code, ago);
  if (participant && store::noteInSession(tx, participant->id, session, tx.time() - ago))
    tx.audit(entryFor("events.session_attendance.add", *store::findEvent(tx, event), participant->id));
  return participant;
}

std::optional<Participant> undoCheckInto(WriteTx& tx, EventId event, SessionId session, const std::string& code) {
  const auto participant = store::findByCode(tx, event, code);
  if (participant && store::forgetInSession(tx, participant->id, session))
    tx.audit(entryFor("events.session_attendance.undo", *store::findEvent(tx, event), participant->id));
  else
    tx.unaudited("it was not noted");
  return participant;
}

}  // namespace toimela::events::operations
