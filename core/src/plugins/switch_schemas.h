// JSON Schemas of plugins and their switches.
#pragma once

#include "toimela/registry.h"

namespace toimela::plugins {

void describeSchemas(Registry& registry);

}  // namespace toimela::plugins
