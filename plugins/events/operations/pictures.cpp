#include "operations/pictures.h"

#include "operations/audit.h"
#include "operations/locked.h"
#include "store/pictures.h"

namespace toimela::events::operations {

bool setPicture(WriteTx& tx, EventId id, const std::optional<files::Incoming>& file,
                const LocalText& alternative) {
  const Event event = lockedEvent(tx, id);
  const auto present = store::pictureOf(tx, id);
  if (!file && !present) {
    tx.unaudited("there is no picture to describe");
    return false;
  }
  store::setPicture(tx, id, {file ? files::keep(tx, *file, tx.actor()) : present->file, alternative});
  if (file && present) dropUnshown(tx, present->file);
  tx.audit(entryFor("events.picture.set", event));
  return true;
}

bool removePicture(WriteTx& tx, EventId id) {
  const Event event = lockedEvent(tx, id);
  const auto present = store::pictureOf(tx, id);
  if (!present) {
    tx.unaudited("there is no picture");
    return false;
  }
  store::removePicture(tx, id);
  dropUnshown(tx, present->file);
  tx.audit(entryFor("events.picture.remove", event));
  return true;
}

void dropUnshown(WriteTx& tx, FileId file) {
  if (!store::isPicture(tx, file)) files::remove(tx, file);
}

}  // namespace toimela::events::operations
