// Events for programs: /api/v1/events.
#pragma once

#include "operations/desk.h"
#include "toimela/route.h"
#include "view/json.h"

namespace toimela::events::handlers {

Response apiEvents(const Request& request, Host& host);
Response apiEvent(const Request& request, Host& host);
Response apiSessions(const Request& request, Host& host);

/// Registers through the desk. The header Idempotency-Key makes a repetition safe.
Response apiRegister(const Request& request, Host& host, operations::Desk& desk);
Response apiRegistrations(const Request& request, Host& host);
Response apiRegistration(const Request& request, Host& host);
Response apiCancel(const Request& request, Host& host);

/// The event with what goes with it, as the one who asks may see it.
view::EventParts partsOf(ReadTx& tx, const Request& request, Host& host, const Event& event);

Response apiParticipants(const Request& request, Host& host);
Response apiCheckIn(const Request& request, Host& host);

}  // namespace toimela::events::handlers
