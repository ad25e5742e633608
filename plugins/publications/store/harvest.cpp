#include "store/harvest.h"

#include "store/stored.h"

namespace toimela::publications::store {

namespace {

// What was published once stays to be told of, wherever plugins are switched off later.
#define IS_SELECTED                                                                                     \
  "p.published_at IS NOT NULL "                                                                        \
  "AND (CAST(:from AS BIGINT) IS NULL OR p.changed_at >= CAST(:from AS BIGINT)) "                      \
  "AND (CAST(:until AS BIGINT) IS NULL OR p.changed_at <= CAST(:until AS BIGINT)) "                    \
  "AND (CAST(:region AS TEXT) IS NULL OR p.region = CAST(:region AS TEXT)) "                           \
  "AND (CAST(:kind AS TEXT) IS NULL OR p.kind = CAST(:kind AS TEXT)) "                                 \
  "AND (CAST(:series AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM publications_placement l "            \
  "WHERE l.publication_id = p.id AND l.series_id = CAST(:series AS BIGINT))) "
constexpr Sql kList{"publications.harvest.list",
                    "SELECT p.id FROM publications_publication p WHERE " IS_SELECTED
                    "AND (CAST(:at AS BIGINT) IS NULL OR p.changed_at > CAST(:at AS BIGINT) "
                    "OR (p.changed_at = CAST(:at AS BIGINT) AND p.id > CAST(:id AS BIGINT))) "
                    "ORDER BY p.changed_at, p.id LIMIT :limit"};
constexpr Sql kCount{"publications.harvest.count",
                     "SELECT CAST(COUNT(*) AS BIGINT) FROM publications_publication p WHERE " IS_SELECTED};
#undef IS_SELECTED
constexpr Sql kEarliest{"publications.harvest.earliest",
                        "SELECT changed_at FROM publications_publication WHERE published_at IS NOT NULL "
                        "ORDER BY changed_at LIMIT 1"};

template <class T>
std::optional<T> setOf(const oai::Selection& s) {
  if (!s.set) return std::nullopt;
  const T* of = std::get_if<T>(&s.set->of);
  return of ? std::optional(*of) : std::nullopt;
}

}  // namespace

std::vector<PublicationId> harvest(ReadTx& tx, const oai::Selection& s, int limit) {
  return tx.all(kList, [](PublicationId id) { return id; }, s.from, s.until, setOf<RegionCode>(s), setOf<Kind>(s),
                setOf<SeriesId>(s), s.after ? std::optional(s.after->changedAt) : std::nullopt,
                s.after ? s.after->id : PublicationId{0}, limit);
}

std::int64_t countHarvest(ReadTx& tx, const oai::Selection& s) {
  return tx.value<std::int64_t>(kCount, s.from, s.until, setOf<RegionCode>(s), setOf<Kind>(s), setOf<SeriesId>(s));
}

std::optional<Instant> earliestChange(ReadTx& tx) {
  return tx.first(kEarliest, [](Instant at) { return at; });
}

}  // namespace toimela::publications::store
