// Organisations in the database, beyond what the kit offers to plugins.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::directory {

struct OrganisationFilter {
  std::string words;  ///< somewhere in a name; empty for all
  std::optional<RegionCode> region;
  std::optional<Sector> sector;
};
/// By Finnish name.
std::vector<Organisation> searchOrganisations(ReadTx& tx, const OrganisationFilter& filter,
                                              int limit, int offset);
std::int64_t countOrganisations(ReadTx& tx, const OrganisationFilter& filter);
/// In the order of their ids, those after `after`: the pages of the API.
std::vector<Organisation> organisationsAfter(ReadTx& tx, OrganisationId after,
                                             const OrganisationFilter& filter, int limit);
std::optional<Organisation> findOrganisation(ReadTx& tx, const BusinessId& businessId);

/// Nothing when another organisation has the business id.
std::optional<OrganisationId> addOrganisation(WriteTx& tx, const Organisation& organisation);
/// What came of a change: `stale` when the stored revision is not the given one any more, because
/// somebody else was faster; `taken` when another organisation has the business id.
enum class UpdateOutcome { saved, stale, taken };
/// Writes everything but the region, which decides who may edit.
UpdateOutcome updateOrganisation(WriteTx& tx, const Organisation& organisation);

}  // namespace toimela::directory
