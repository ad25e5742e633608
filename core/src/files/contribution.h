// What the room adds to the service.
#pragma once

#include "host/core_host.h"

namespace toimela::files {

void contribute(Registry& registry);

/// Deletes contents older than a day that no row names; the number that went.
int sweep(CoreHost& host);

}  // namespace toimela::files
