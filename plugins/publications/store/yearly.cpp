#include "store/yearly.h"

#include <string>

namespace toimela::publications::store {

namespace {

constexpr Sql kDownloads{"publications.yearly.downloads",
                         "SELECT CAST(COALESCE(SUM(d.count), 0) AS BIGINT) FROM publications_download d "
                         "JOIN publications_publication p ON p.id = d.publication_id "
                         "WHERE SUBSTR(d.day, 1, 4) = :year AND p.state = 'published' "
                         "AND (p.region = CAST(:region AS TEXT) OR (CAST(:region AS TEXT) IS NULL AND "
                         "(p.region IS NULL OR p.region IN "
                         "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'publications'))))"};

}  // namespace

std::int64_t downloadsIn(ReadTx& tx, std::optional<RegionCode> region, int year) {
  return tx.value<std::int64_t>(kDownloads, std::to_string(year), region);
}

}  // namespace toimela::publications::store
