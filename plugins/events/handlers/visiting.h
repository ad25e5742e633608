// Finding events and reading about one.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::events::handlers {

Response listEvents(const Request& request, Host& host);
Response listRegionEvents(const Request& request, Host& host);
Response showEvent(const Request& request, Host& host);

bool fillNationTile(const Request& request, Host& host, View& view);
bool fillRegionTile(const Request& request, Host& host, View& view);

}  // namespace toimela::events::handlers
