// What organisers remove stays aside for a while and can be taken back.
#pragma once

#include <optional>

#include "domain/removed.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// What became of a removal.
struct Removal {
  bool isDone = false;                        ///< false: it had been removed already
  std::optional<Removed> canReturn = {};      ///< nothing where it can not be taken back
};

/// Takes a removal back. False when the part is no longer as the removal left it, when it would come back
/// into an event that is over or called off, or when a quota would have more people than it has places.
bool restore(WriteTx& tx, EventId event, const Removed& removed);

/// Removes it for good, with its files; the event is locked. The caller audits.
void forget(WriteTx& tx, EventId event, const Removed& removed);
/// Everything of the event that was removed before the moment.
void forgetRemoved(WriteTx& tx, EventId event, Instant before);

}  // namespace toimela::events::operations
