// Reference data: regions and municipalities of Finland, and which belonged to which when.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/database.h"
#include "toimela/host.h"
#include "toimela/municipalities.h"

namespace toimela::directory {

/// Reads both files and writes what they change, in one audited transaction; writes nothing when
/// they change nothing. Throws std::runtime_error naming file and entry when one is not valid.
/// Returns how many entries were changed.
int updateReference(data::Database& database, const std::filesystem::path& regions,
                    const std::filesystem::path& municipalities);

/// By code.
std::vector<Region> loadRegions(ReadTx& tx);
/// A municipality with the region that it belongs to.
struct PlacedMunicipality {
  Municipality municipality;
  RegionCode region;
};
/// Those of the day whose code comes after `code`, by code: the pages of the API.
std::vector<PlacedMunicipality> municipalitiesAfter(ReadTx& tx, const std::string& code,
                                                    std::optional<RegionCode> region, Date day,
                                                    int limit);

}  // namespace toimela::directory
