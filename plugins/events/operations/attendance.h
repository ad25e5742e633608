// Who has come, to the event and to its workshops.
#pragma once

#include <optional>
#include <string>

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Notes that the one with this code is in the workshop, and so has come to the event; they as they are
/// now (`ago`: see checkIn()). Whoever has a place may, also without having chosen it: the door sees that. Nothing: no such place.
std::optional<Participant> checkInto(WriteTx& tx, EventId event, SessionId session, const std::string& code,
                                     std::chrono::seconds ago = std::chrono::seconds{0});
/// Takes it back; that they have come to the event stays.
std::optional<Participant> undoCheckInto(WriteTx& tx, EventId event, SessionId session, const std::string& code);

}  // namespace toimela::events::operations
