#include "operations/co_organisers.h"

#include "operations/audit.h"
#include "operations/locked.h"
#include "store/co_organisers.h"

namespace toimela::events::operations {

void setCoOrganisers(WriteTx& tx, EventId id, CoOrganisers others) {
  const Event event = lockedEvent(tx, id);
  std::erase_if(others.regions, [&](RegionCode region) { return event.region == region; });
  std::erase_if(others.organisations, [&](OrganisationId each) { return event.organiser == each; });
  store::setCoOrganisers(tx, id, others);
  tx.audit(entryFor("events.event.share", event));
}

}  // namespace toimela::events::operations
