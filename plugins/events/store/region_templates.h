// Templates of a region that another region lacks.
#pragma once

#include <vector>

#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// Templates of `from`, the oldest first, whose like `to` does not have already: one of the same kind
/// with the same titles. Nothing where the plugin is off in `to`.
std::vector<EventId> templatesLackingIn(ReadTx& tx, RegionCode from, RegionCode to);

}  // namespace toimela::events::store
