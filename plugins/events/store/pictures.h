// Pictures of events in the database.
#pragma once

#include <optional>

#include "domain/ids.h"
#include "domain/picture.h"
#include "toimela/data.h"

namespace toimela::events::store {

std::optional<Picture> pictureOf(ReadTx& tx, EventId event);
/// Gives the event the picture in place of the one it had.
void setPicture(WriteTx& tx, EventId event, const Picture& picture);
void removePicture(WriteTx& tx, EventId event);
/// Is it the picture of any event?
bool isPicture(ReadTx& tx, FileId file);

}  // namespace toimela::events::store
