// The API's description, made from the route table.
#pragma once

#include <string>

#include "plugins/contributions.h"

namespace toimela::host {

/// An OpenAPI 3.1 document of every route under /api/v1: parameters, schemas of bodies and answers,
/// problems, and the scope that an access token needs.
std::string describeApi(const plugins::Contributions& contributions, const std::string& baseUrl);

/// The schemas that every component may refer to: Id, LocalText, RegionCode, Problem.
void describeSharedSchemas(Registry& registry);

}  // namespace toimela::host
