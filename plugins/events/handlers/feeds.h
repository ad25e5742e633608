// Calendars, feeds and the list that other sites embed.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::events::handlers {

Response nationCalendar(const Request& request, Host& host);
Response regionCalendar(const Request& request, Host& host);
Response eventCalendar(const Request& request, Host& host);
Response nationAtom(const Request& request, Host& host);
Response regionAtom(const Request& request, Host& host);
Response embeddedEvents(const Request& request, Host& host);

Response showOwnFeed(const Request& request, Host& host);
Response renewOwnFeed(const Request& request, Host& host);
Response removeOwnFeed(const Request& request, Host& host);
Response ownCalendar(const Request& request, Host& host);
/// The places of one registration, by its private link.
Response registrationCalendar(const Request& request, Host& host);

}  // namespace toimela::events::handlers
