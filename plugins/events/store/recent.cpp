#include "store/recent.h"

namespace toimela::events::store {

namespace {

constexpr Sql kBetween{
    "events.event.beginning_between",
    "SELECT e.id FROM events_event e WHERE e.is_template = 0 AND ((e.region IS NULL AND CAST(:region AS TEXT) IS NULL) "
    "OR e.region = :region OR EXISTS (SELECT 1 FROM events_co_region c WHERE c.event_id = e.id "
    "AND c.region = :region)) AND e.starts_at >= :from AND e.starts_at <= :to "
    "ORDER BY e.starts_at DESC, e.id DESC LIMIT 500"};

}  // namespace

std::vector<EventId> beginningBetween(ReadTx& tx, std::optional<RegionCode> region, Instant from, Instant to) {
  return tx.all(kBetween, [](EventId id) { return id; }, region, from, to);
}

}  // namespace toimela::events::store
