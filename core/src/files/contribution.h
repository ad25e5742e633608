// What the room adds to the service.
#pragma once

#include "host/core_host.h"

namespace toimela::files {

void contribute(Registry& registry);

/// Deletes what nothing needs any more and is older than a day: contents, uploads, bodies of
/// requests; the number of contents that went.
int sweep(CoreHost& host);

/// Gives contents that still have a random name of before the name of their digest; how many.
int moveOldContents(CoreHost& host);

}  // namespace toimela::files
