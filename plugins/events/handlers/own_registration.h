// What a private link opens: one's registration, to look at, change and cancel.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response showRegistration(const Request& request, Host& host);
/// Mail scanners open links, so the address is confirmed by a button.
Response confirmRegistration(const Request& request, Host& host);
Response askCancel(const Request& request, Host& host);
Response cancelPlaces(const Request& request, Host& host);
Response editParticipant(const Request& request, Host& host);
Response saveParticipant(const Request& request, Host& host);
Response acceptPlace(const Request& request, Host& host);

}  // namespace toimela::events::handlers
