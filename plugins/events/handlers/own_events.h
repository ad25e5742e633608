// Everything that a signed-in person has registered for, and what their organisations have.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response showOwnEvents(const Request& request, Host& host);
bool fillOwnTile(const Request& request, Host& host, View& view);

}  // namespace toimela::events::handlers
