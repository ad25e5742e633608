#include "operations/materials.h"

#include <nlohmann/json.hpp>

#include "operations/audit.h"
#include "operations/letters.h"
#include "operations/locked.h"
#include "store/materials.h"
#include "store/removed.h"

namespace toimela::events::operations {

MaterialId addMaterial(WriteTx& tx, EventId id, Material material,
                       const std::optional<files::Incoming>& file) {
  const Event event = lockedEvent(tx, id);
  if (file) material.file = files::keep(tx, *file, tx.actor());
  tx.audit(entryFor("events.material.add", event));
  return store::insertMaterial(tx, id, material);
}

bool saveMaterial(WriteTx& tx, EventId id, const Material& material) {
  const Event event = lockedEvent(tx, id);
  if (!store::updateMaterial(tx, id, material)) {
    tx.unaudited("it was removed meanwhile");
    return false;
  }
  tx.audit(entryFor("events.material.edit", event));
  return true;
}

Removal removeMaterial(WriteTx& tx, EventId id, MaterialId material) {
  const Event event = lockedEvent(tx, id);
  const Removed removed{Removed::Part::material, material.value, tx.time()};
  if (!store::putAside(tx, id, removed)) {
    tx.unaudited("it was removed meanwhile");
    return {};
  }
  tx.audit(entryFor("events.material.remove", event));
  return {true, removed};
}

std::int64_t mailMaterials(WriteTx& tx, EventId id) {
  const Event event = lockedEvent(tx, id);
  const auto materials = store::materialsOf(tx, id);
  if (materials.empty() || event.status != EventStatus::published || now() < event.startsAt) {
    tx.unaudited("there is nothing to write about yet");
    return 0;
  }
  const MaterialId last = materials.back().id;
  const auto people = store::notToldOf(tx, id, last);
  for (const ParticipantId participant : people) {
    tx.letter(kMaterials, participant.value);
    store::noteTold(tx, id, participant, last);
  }
  AuditEntry entry = entryFor("events.material.mail", event);
  entry.detail = nlohmann::json{{"letters", people.size()}}.dump();
  tx.audit(std::move(entry));
  return static_cast<std::int64_t>(people.size());
}

}  // namespace toimela::events::operations
