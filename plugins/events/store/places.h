// The counts of places in the database.
#pragma once

#include "domain/places.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// The pools of an event; call it after lockEvent(), so that they stay as they are.
Places loadPlaces(ReadTx& tx, EventId event);
/// Writes what has changed. The database refuses what would sell a place twice (DatabaseError).
void savePlaces(WriteTx& tx, EventId event, const Places& places);

}  // namespace toimela::events::store
