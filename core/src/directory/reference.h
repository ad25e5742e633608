// Reference data: regions and municipalities of Finland, and which belonged to which when.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/database.h"
#include "toimela/host.h"

namespace toimela::directory {

struct Municipality {
  MunicipalityCode code;
  LocalText name;
};

/// Reads both files and writes what they change, in one audited transaction; writes nothing when
/// they change nothing. Throws std::runtime_error naming file and entry when one is not valid.
/// Returns how many entries were changed.
int updateReference(data::Database& database, const std::filesystem::path& regions,
                    const std::filesystem::path& municipalities);

/// By code.
std::vector<Region> loadRegions(ReadTx& tx);
/// Municipalities that belong to the region on the day, by Finnish name.
std::vector<Municipality> municipalitiesOf(ReadTx& tx, RegionCode region, Date day);
/// A municipality with the region that it belongs to.
struct PlacedMunicipality {
  Municipality municipality;
  RegionCode region;
};
/// Those of the day whose code comes after `code`, by code: the pages of the API.
std::vector<PlacedMunicipality> municipalitiesAfter(ReadTx& tx, const std::string& code,
                                                    std::optional<RegionCode> region, Date day,
                                                    int limit);
/// The name of one, empty when there is no such municipality.
LocalText municipalityName(ReadTx& tx, MunicipalityCode code);

}  // namespace toimela::directory
