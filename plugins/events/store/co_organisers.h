// Who organises an event beside the one it belongs to.
#pragma once

#include <vector>

#include "domain/event.h"
#include "toimela/data.h"

namespace toimela::events::store {

CoOrganisers coOrganisersOf(ReadTx& tx, EventId event);
void setCoOrganisers(WriteTx& tx, EventId event, const CoOrganisers& others);

}  // namespace toimela::events::store
