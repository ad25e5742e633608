// Example networks, for trying the service out.
#pragma once

#include <string>

#include "toimela/host.h"

namespace toimela::contacts::handlers {

/// Loads networks.json of the folder. It names people by e-mail address and organisations by their
/// Finnish name; both must be in the database.
void loadDemo(Host& host, const std::string& folder);

}  // namespace toimela::contacts::handlers
