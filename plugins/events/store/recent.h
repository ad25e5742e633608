// Events of some weeks.
#pragma once

#include <optional>
#include <vector>

#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// Events that the region organises, alone or with others (of the nation without a region), beginning in
/// this time, the latest first; no templates, and at most 500.
std::vector<EventId> beginningBetween(ReadTx& tx, std::optional<RegionCode> region, Instant from, Instant to);

}  // namespace toimela::events::store
