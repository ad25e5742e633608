// The letters that the plugin sends: what happened, when and where, and what to do next.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/registry.h"

namespace toimela::events::view {

/// One for each kind of operations/letters.h; "events.again" is in again_letter.h.
///
/// The one who registered is told everything, with the private link of the registration. Participants
/// with an address of their own are told when they get a place and when it is gone, when the event
/// changes or is cancelled, and the day before: without the link, which opens the whole registration.
/// Nobody but the registrant is mailed before the registrant's address is confirmed.
std::vector<Letter> letters();

}  // namespace toimela::events::view
