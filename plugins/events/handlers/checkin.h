// The day itself: who has come, at every door at once.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response showCheckin(const Request& request, Host& host);
/// Of the one whose QR code was read.
Response showCode(const Request& request, Host& host);
Response noteAttendance(const Request& request, Host& host);

Response newWalkIn(const Request& request, Host& host);
Response addWalkIn(const Request& request, Host& host);

}  // namespace toimela::events::handlers
