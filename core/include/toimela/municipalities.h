// Municipalities of Finland: what a form offers to choose from, and what a code is called.
#pragma once

#include <optional>
#include <vector>

#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela::directory {

struct Municipality {
  MunicipalityCode code;
  LocalText name;
};

/// Municipalities that belong to the region (to the nation without one) on the day, by Finnish name.
TOIMELA_API std::vector<Municipality> municipalitiesOf(ReadTx& tx, std::optional<RegionCode> region, Date day);
/// The name of one, empty when there is no such municipality.
TOIMELA_API LocalText municipalityName(ReadTx& tx, MunicipalityCode code);

}  // namespace toimela::directory
