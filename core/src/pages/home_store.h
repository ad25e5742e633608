// What the home pages count.
#pragma once

#include "pages/region_map.h"
#include "toimela/data.h"

namespace toimela::pages {

OrganisationCounts countOrganisationsByRegion(ReadTx& tx);

}  // namespace toimela::pages
