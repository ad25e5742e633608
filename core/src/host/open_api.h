// The API's description, made from the route table.
#pragma once

#include <string>

#include "plugins/contributions.h"

namespace toimela::host {

/// An OpenAPI 3.1 document of every route under /api/v1.
std::string describeApi(const plugins::Contributions& contributions, const std::string& baseUrl);

}  // namespace toimela::host
