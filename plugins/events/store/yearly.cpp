#include "store/yearly.h"

#include "store/stored.h"

namespace toimela::events::store {

namespace {

constexpr Sql kOpen{"events.yearly.open",
                    "SELECT e.id, e.title_fi, e.title_sv, e.title_en, e.starts_at FROM events_event e "
                    "WHERE e.status = 'published' AND e.visibility = 'everyone' AND e.ends_at <= :now "
                    "AND e.starts_at >= :from AND e.starts_at < :to "
                    "AND (e.region = CAST(:region AS TEXT) OR (CAST(:region AS TEXT) IS NULL AND "
                    "(e.region IS NULL OR e.region IN "
                    "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'events')))) "
                    "ORDER BY e.starts_at, e.id LIMIT :limit"};

}  // namespace

std::vector<OpenEvent> openEvents(ReadTx& tx, std::optional<RegionCode> region, Instant from, Instant to, Instant now,
                                  int limit) {
  return tx.all(
      kOpen,
      [](EventId id, std::string fi, std::string sv, std::string en, Instant startsAt) {
        return OpenEvent{id, {std::move(fi), std::move(sv), std::move(en)}, startsAt};
      },
      now, from, to, region, limit);
}

}  // namespace toimela::events::store
