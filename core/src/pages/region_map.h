// The tile map of the regions: every region one square, placed roughly as on a map.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "toimela/host.h"
#include "toimela/request.h"
#include "toimela/view.h"

namespace toimela::pages {

/// How many organisations take part, by region; a region without any may be missing.
using OrganisationCounts = std::map<RegionCode, std::int64_t>;

/// Shade of a square, 0 (nothing) to 3 (the most). By square root, for one large city region would
/// otherwise make all others look empty.
int shade(std::int64_t count, std::int64_t largest);

/// The squares for {{> tile_map}}, in the order of reading: row by row.
std::vector<View> mapViews(const std::vector<Region>& regions, const OrganisationCounts& counts,
                           const Request& request, const Texts& texts);

/// The squares for {{> locator}}, a small picture that shows where one region lies.
std::vector<View> locatorViews(const std::vector<Region>& regions, RegionCode here);

}  // namespace toimela::pages
