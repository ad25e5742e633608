#include "store/finding.h"

#include "toimela/search.h"

namespace toimela::events::store {

namespace {

constexpr Sql kIdsAfter{"events.finding.ids",
                        "SELECT id FROM events_event WHERE id > :after AND is_template = 0 "
                        "ORDER BY id LIMIT :limit"};

}  // namespace

std::vector<std::int64_t> eventIdsAfter(ReadTx& tx, std::int64_t after, int limit) {
  return tx.all(kIdsAfter, [](std::int64_t id) { return id; }, after, limit);
}

void tellSearch(WriteTx& tx, EventId event) { search::changed(tx, kSearchKind, event.value); }

}  // namespace toimela::events::store
