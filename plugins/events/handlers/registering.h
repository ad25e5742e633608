// Registering for an event, with or without an account.
#pragma once

#include "operations/desk.h"
#include "operations/form_counts.h"
#include "toimela/host.h"

namespace toimela::events::handlers {

Response showRegister(const Request& request, Host& host, operations::FormCounts& counts);
Response submitRegister(const Request& request, Host& host, operations::Desk& desk,
                        operations::FormCounts& counts);
/// After registering without an account: where to go on from, whoever was registered.
Response showRegistered(const Request& request, Host& host);

}  // namespace toimela::events::handlers
