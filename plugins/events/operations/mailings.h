// Letters to everybody of an event.
#pragma once

#include <string_view>

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Tells a registration's people what became of it, once its address is confirmed: the registrant,
/// and those who have an address of their own. Call it in the transaction of confirmAddress().
void tellRegistered(WriteTx& tx, const Registration& registration);

/// Another time or place: everybody who is registered is told, and calendars are updated. The event is
/// as it was saved, with its sequence raised.
void tellChanged(WriteTx& tx, const Event& event);
/// The event does not take place. Call it while the places are still live.
void tellEventCancelled(WriteTx& tx, const Event& event);

/// Reminds of an event, once; false when it was done already.
bool remind(WriteTx& tx, const Event& event);

/// Asks those who were there for feedback, or reminds those who have not answered; once.
bool askForFeedback(WriteTx& tx, const Event& event, std::string_view kind);

}  // namespace toimela::events::operations
