#include "store/region_templates.h"

namespace toimela::events::store {

namespace {

constexpr Sql kLacking{
    "events.event.templates_lacking_in",
    "SELECT e.id FROM events_event e "
    "JOIN core_plugin_active a ON a.plugin = 'events' AND a.region = :to "
    "WHERE e.is_template = 1 AND e.removed_at IS NULL AND e.region = :from AND NOT EXISTS "
    "(SELECT 1 FROM events_event o WHERE o.is_template = 1 AND o.removed_at IS NULL AND o.region = :to AND o.kind = e.kind "
    "AND o.title_fi = e.title_fi AND o.title_sv = e.title_sv AND o.title_en = e.title_en) "
    "ORDER BY e.id"};

}  // namespace

std::vector<EventId> templatesLackingIn(ReadTx& tx, RegionCode from, RegionCode to) {
  return tx.all(kLacking, [](EventId id) { return id; }, to, from);
}

}  // namespace toimela::events::store
