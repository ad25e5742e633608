// Inviting a network to its event.
#pragma once

#include "toimela/registry.h"

namespace toimela::events::handlers {

/// Writes to each member of the event's network once.
Response inviteNetwork(const Request& request, Host& host);

PersonalData invitationData();

}  // namespace toimela::events::handlers
