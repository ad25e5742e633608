// JSON Schemas of what the API tells of people.
#pragma once

#include "toimela/registry.h"

namespace toimela::access {

void describeSchemas(Registry& registry);

}  // namespace toimela::access
