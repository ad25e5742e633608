#include "operations/pictures.h"

#include "operations/audit.h"
#include "operations/locked.h"
#include "store/pictures.h"
#include "store/removed.h"

namespace toimela::events::operations {

bool setPicture(WriteTx& tx, EventId id, const std::optional<files::Incoming>& file,
                const LocalText& alternative) {
  const Event event = lockedEvent(tx, id);
  const auto present = store::pictureOf(tx, id);
  if (!file && !present) {
    tx.unaudited("there is no picture to describe");
    return false;
  }
  const auto before = store::pictureFile(tx, id);
  store::setPicture(tx, id, {file ? files::keep(tx, *file, tx.actor()) : present->file, alternative});
  if (file && before) dropUnshown(tx, *before);
  tx.audit(entryFor("events.picture.set", event));
  return true;
}

Removal removePicture(WriteTx& tx, EventId id) {
  const Event event = lockedEvent(tx, id);
  const auto present = store::pictureOf(tx, id);
  const Removed removed{Removed::Part::picture, present ? present->file.value : 0, tx.time()};
  if (!store::putAside(tx, id, removed)) {
    tx.unaudited("there is no picture");
    return {};
  }
  tx.audit(entryFor("events.picture.remove", event));
  return {true, removed};
}

void dropUnshown(WriteTx& tx, FileId file) {
  if (!store::isPicture(tx, file)) files::remove(tx, file);
}

}  // namespace toimela::events::operations
