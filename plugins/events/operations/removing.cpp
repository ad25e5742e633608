#include "operations/removing.h"

#include <algorithm>

#include "operations/audit.h"
#include "operations/locked.h"
#include "operations/pictures.h"
#include "operations/questions.h"
#include "store/managing.h"
#include "store/materials.h"
#include "store/pictures.h"
#include "store/places.h"
#include "store/questions.h"
#include "store/removed.h"
#include "store/series.h"
#include "toimela/files.h"

namespace toimela::events::operations {

namespace {

using Part = Removed::Part;

/// Those of its sectors count in it again, also who has come since; false when they are too many.
bool refill(WriteTx& tx, EventId event, QuotaId id) {
  const auto quotas = store::quotasOf(tx, event);
  const Quota& quota = *std::ranges::find(quotas, id, &Quota::id);
  const std::int64_t held = store::joinQuota(tx, event, quota);
  if (held > quota.capacity) return false;
  Places places = store::loadPlaces(tx, event);
  places.restate({PoolKey::Kind::quota, id.value}, {quota.capacity, held});
  store::savePlaces(tx, event, places);
  return true;
}

/// A draft or template, with its programme and whatever was put aside of it.
void forgetEvent(WriteTx& tx, EventId id) {
  for (const Removed& part : store::removedOf(tx, id)) forget(tx, id, part);
  const auto materials = store::materialsOf(tx, id);
  const auto picture = store::pictureOf(tx, id);
  store::leaveSeries(tx, id);
  store::removeEvent(tx, id);
  for (const Material& material : materials)
    if (material.file) files::remove(tx, *material.file);
  if (picture) dropUnshown(tx, picture->file);
}

}  // namespace

bool restore(WriteTx& tx, EventId id, const Removed& removed) {
  tx.unaudited("what has changed since stays removed");
  // What is put aside as a whole is not there to be locked: bringing it back locks it.
  const bool isWhole = removed.part == Part::event;
  if (isWhole && !store::bringBack(tx, id, removed)) return false;
  const Event event = lockedEvent(tx, id);
  if (!isWhole && (!mayReturn(removed, event, tx.time()) || !store::bringBack(tx, id, removed))) return false;
  if (removed.part == Part::quota && !refill(tx, id, QuotaId{removed.id})) {
    store::leaveQuota(tx, id, QuotaId{removed.id});
    return !store::putAside(tx, id, removed);
  }
  // It may stand before what it hangs on by now, or after what hangs on it.
  if (removed.part == Part::question && !holdTogether(tx, id)) return !store::putAside(tx, id, removed);
  tx.audit(entryFor("events." + std::string(kRemovedParts.code(removed.part)) + ".restore", event));
  return true;
}

void forget(WriteTx& tx, EventId event, const Removed& removed) {
  switch (removed.part) {
    case Part::session:
      store::loosenMaterials(tx, SessionId{removed.id});
      return store::removeSession(tx, event, SessionId{removed.id});
    case Part::quota: return store::removeQuota(tx, event, QuotaId{removed.id});
    case Part::material:
      if (const auto file = store::removeMaterial(tx, event, MaterialId{removed.id})) files::remove(tx, *file);
      return;
    case Part::picture:
      store::removePicture(tx, event);
      return dropUnshown(tx, FileId{removed.id});
    case Part::event: return forgetEvent(tx, event);
    case Part::question: return store::removeQuestion(tx, event, QuestionId{removed.id});
  }
}

void forgetRemoved(WriteTx& tx, EventId id, Instant before) {
  tx.unaudited("their removal is in the log");
  const auto all = store::removedOf(tx, id);
  if (const auto whole = std::ranges::find(all, Part::event, &Removed::part); whole != all.end()) {
    if (whole->at < before && store::bringBack(tx, id, *whole)) forget(tx, id, *whole);
    return;
  }
  lockedEvent(tx, id);
  for (const Removed& removed : store::removedOf(tx, id))
    if (removed.at < before) forget(tx, id, removed);
}

}  // namespace toimela::events::operations
