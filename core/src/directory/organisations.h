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
  std::string words;  ///< each begins a word of a name or a number; empty for all
  std::optional<RegionCode> region;
  std::optional<Sector> sector;
};
/// A page of a list in the reader's order: those whose name begins with what was typed first.
struct OrganisationPage {
  std::vector<Organisation> organisations;
  std::string next;        ///< what to give as `after` for the next page; empty on the last one
  std::int64_t count = 0;  ///< of all that were found, as far as they are counted
  bool isMore = false;     ///< there are more than `count`
};
OrganisationPage findOrganisations(ReadTx& tx, const OrganisationFilter& filter, Locale reader,
                                   std::string_view after, int limit);
/// The same by number, for the beginning of a list.
std::vector<Organisation> searchOrganisations(ReadTx& tx, const OrganisationFilter& filter,
                                              int limit, int offset);
/// Exact without words, however many there are; with words as far as the index counts.
std::int64_t countOrganisations(ReadTx& tx, const OrganisationFilter& filter);
/// In the order of their ids, those after `after`: the pages of the API. Words are not looked at.
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
