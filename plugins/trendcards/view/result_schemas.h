// What the API's description says of results.
#pragma once

#include "toimela/registry.h"

namespace toimela::trendcards::view {

void addResultSchemas(Registry& registry);

}  // namespace toimela::trendcards::view
