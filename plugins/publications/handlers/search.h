// What the search of the platform finds.
#pragma once

#include "toimela/registry.h"

namespace toimela::publications::handlers {

void registerSearch(Registry& registry);

}  // namespace toimela::publications::handlers
