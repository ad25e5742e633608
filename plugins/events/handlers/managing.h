// Making events and looking after them.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response listManaged(const Request& request, Host& host);
Response showManaged(const Request& request, Host& host);
bool fillOrganiserTile(const Request& request, Host& host, View& view);

/// In the region of the path, or in the nation.
Response newEvent(const Request& request, Host& host);
Response addEvent(const Request& request, Host& host);
Response editEvent(const Request& request, Host& host);
Response saveEvent(const Request& request, Host& host);

Response publishEvent(const Request& request, Host& host);
Response askCancelEvent(const Request& request, Host& host);
Response cancelEvent(const Request& request, Host& host);
Response askCopyEvent(const Request& request, Host& host);
Response copyEvent(const Request& request, Host& host);
Response keepEvent(const Request& request, Host& host);
Response removeEvent(const Request& request, Host& host);

}  // namespace toimela::events::handlers
