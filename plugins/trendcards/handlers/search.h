// Cards in the platform's search.
#pragma once

#include "toimela/registry.h"

namespace toimela::trendcards::handlers {

void registerSearch(Registry& registry);

}  // namespace toimela::trendcards::handlers
