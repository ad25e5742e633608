#include "store/co_organisers.h"

namespace toimela::events::store {

namespace {

constexpr Sql kRegions{"events.co_region.of_event",
                       "SELECT region FROM events_co_region WHERE event_id = :event ORDER BY region"};
constexpr Sql kOrganisations{"events.co_organisation.of_event",
                             "SELECT organisation_id FROM events_co_organisation "
                             "WHERE event_id = :event ORDER BY organisation_id"};
constexpr Sql kClearRegions{"events.co_region.clear",
                            "DELETE FROM events_co_region WHERE event_id = :event"};
constexpr Sql kClearOrganisations{"events.co_organisation.clear",
                                  "DELETE FROM events_co_organisation WHERE event_id = :event"};
constexpr Sql kAddRegion{"events.co_region.add",
                         "INSERT INTO events_co_region (event_id, region) VALUES (:event, :region) "
                         "ON CONFLICT (event_id, region) DO NOTHING"};
constexpr Sql kAddOrganisation{
    "events.co_organisation.add",
    "INSERT INTO events_co_organisation (event_id, organisation_id) VALUES (:event, :organisation) "
    "ON CONFLICT (event_id, organisation_id) DO NOTHING"};

}  // namespace

CoOrganisers coOrganisersOf(ReadTx& tx, EventId event) {
  return {tx.all(kRegions, [](RegionCode region) { return region; }, event),
          tx.all(kOrganisations, [](OrganisationId id) { return id; }, event)};
}

void setCoOrganisers(WriteTx& tx, EventId event, const CoOrganisers& others) {
  tx.run(kClearRegions, event);
  tx.run(kClearOrganisations, event);
  for (const RegionCode region : others.regions) tx.run(kAddRegion, event, region);
  for (const OrganisationId id : others.organisations) tx.run(kAddOrganisation, event, id);
}

}  // namespace toimela::events::store
