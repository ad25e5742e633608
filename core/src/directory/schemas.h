// JSON Schemas of organisations and places.
#pragma once

#include "toimela/registry.h"

namespace toimela::directory {

void describeSchemas(Registry& registry);

}  // namespace toimela::directory
