// Example claims for a database with the example people.
#pragma once

#include <string>

#include "host/core_host.h"

namespace toimela::claims {

/// Reads `folder`/claims.json.
void loadDemo(Host& host, const std::string& folder);

}  // namespace toimela::claims
