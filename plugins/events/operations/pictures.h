// The picture of an event: rule, save and audit entry in one transaction.
#pragma once

#include <optional>

#include "domain/event.h"
#include "domain/picture.h"
#include "operations/removing.h"
#include "toimela/data.h"
#include "toimela/files.h"

namespace toimela::events::operations {

/// Gives the event a picture in place of the one it had; without a file the one it has keeps its file
/// and is described anew. False when there is neither.
bool setPicture(WriteTx& tx, EventId event, const std::optional<files::Incoming>& file,
                const LocalText& alternative);
Removal removePicture(WriteTx& tx, EventId event);

/// Forgets the file of a picture that no event shows any more.
void dropUnshown(WriteTx& tx, FileId file);

}  // namespace toimela::events::operations
