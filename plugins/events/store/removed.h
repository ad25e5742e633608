// Parts of events that were removed and can be taken back.
#pragma once

#include <vector>

#include "domain/removed.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// Puts a part of the event aside, where nothing that reads the event finds it; false when it is not there.
[[nodiscard]] bool putAside(WriteTx& tx, EventId event, const Removed& removed);
/// False unless it is as that removal left it.
[[nodiscard]] bool bringBack(WriteTx& tx, EventId event, const Removed& removed);

/// Everything of the event that is put aside.
std::vector<Removed> removedOf(ReadTx& tx, EventId event);
std::vector<EventId> eventsWithRemoved(ReadTx& tx, Instant before);

}  // namespace toimela::events::store
