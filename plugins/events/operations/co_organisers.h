// Who organises an event together.
#pragma once

#include "domain/event.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Says who organises the event beside the one it belongs to; the event's own region and organiser are
/// left out.
void setCoOrganisers(WriteTx& tx, EventId event, CoOrganisers others);

}  // namespace toimela::events::operations
