// Pictures of events in the database.
#pragma once

#include <optional>

#include "domain/ids.h"
#include "domain/picture.h"
#include "toimela/data.h"

namespace toimela::events::store {

std::optional<Picture> pictureOf(ReadTx& tx, EventId event);
/// The file of its picture, also of one that is put aside.
std::optional<FileId> pictureFile(ReadTx& tx, EventId event);
/// Gives the event the picture in place of the one it had, which can not come back after this.
void setPicture(WriteTx& tx, EventId event, const Picture& picture);
/// Removes it for good.
void removePicture(WriteTx& tx, EventId event);
/// Is it the picture of any event, or of one whose picture is put aside?
bool isPicture(ReadTx& tx, FileId file);

}  // namespace toimela::events::store
