// Messages that organisers have written for later.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::events::handlers {

/// Sends what is due, to who is in its group now.
ScheduledJob sendingScheduled();
Response cancelScheduled(const Request& request, Host& host);
Response restoreScheduled(const Request& request, Host& host);

}  // namespace toimela::events::handlers
