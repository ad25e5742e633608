// Those whose membership has ended hear nothing more of the network.
#pragma once

#include "toimela/registry.h"

namespace toimela::contacts::handlers {

/// Hourly, so that it has run between the midnight at which a membership ends and the morning's mail.
ScheduledJob leaversJob();

}  // namespace toimela::contacts::handlers
