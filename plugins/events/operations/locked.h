// The event that a change is about.
#pragma once

#include "domain/event.h"
#include "store/events.h"
#include "toimela/host.h"

namespace toimela::events::operations {

/// The event, which nobody else changes until the transaction ends; throws NotFound when there is none.
inline Event lockedEvent(WriteTx& tx, EventId id) {
  if (!store::lockEvent(tx, id, 0)) throw NotFound();
  return *store::findEvent(tx, id);
}

}  // namespace toimela::events::operations
