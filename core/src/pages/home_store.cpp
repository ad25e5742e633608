#include "pages/home_store.h"

namespace toimela::pages {

namespace {

constexpr Sql kCountByRegion{"pages.organisation.count_by_region",
                             "SELECT region, COUNT(*) FROM core_organisation GROUP BY region"};

}  // namespace

OrganisationCounts countOrganisationsByRegion(ReadTx& tx) {
  OrganisationCounts counts;
  tx.each(kCountByRegion, [&](RegionCode region, std::int64_t count) { counts.emplace(region, count); });
  return counts;
}

}  // namespace toimela::pages
