// What time takes away: offers that nobody answered, addresses that nobody confirmed.
#pragma once

#include "toimela/registry.h"

namespace toimela::events::handlers {

ScheduledJob lapsing();

}  // namespace toimela::events::handlers
