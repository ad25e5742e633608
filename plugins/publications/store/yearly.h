// Publications over a year.
#pragma once

#include <cstdint>
#include <optional>

#include "toimela/data.h"

namespace toimela::publications::store {

/// How often files were taken in a year, of what is published by a region, or by the nation and the regions where
/// the plugin is on.
std::int64_t downloadsIn(ReadTx& tx, std::optional<RegionCode> region, int year);

}  // namespace toimela::publications::store
