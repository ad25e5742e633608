// Example events: coming ones with registrations, and those that a project held years ago.
#pragma once

#include <string>

#include "toimela/host.h"

namespace toimela::events::handlers {

void loadDemo(Host& host, const std::string& folder);

}  // namespace toimela::events::handlers
