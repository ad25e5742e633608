// Materials of events in the database.
#pragma once

#include <optional>
#include <vector>

#include "domain/material.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// In the order in which they were added. One of a session that was removed is of the whole event.
std::vector<Material> materialsOf(ReadTx& tx, EventId event);
MaterialId insertMaterial(WriteTx& tx, EventId event, const Material& material);
/// Its title and who gets to it; false when there is no such material.
[[nodiscard]] bool updateMaterial(WriteTx& tx, EventId event, const Material& material);
/// Removes it for good; its file, if it had one.
std::optional<FileId> removeMaterial(WriteTx& tx, EventId event, MaterialId material);
/// Materials of a session become those of the whole event.
void loosenMaterials(WriteTx& tx, SessionId session);

/// Those who were there (noted at the door, or with a place where nobody was noted) and were not
/// written to about the material with this number or a later one.
std::vector<ParticipantId> notToldOf(ReadTx& tx, EventId event, MaterialId upTo);
void noteTold(WriteTx& tx, EventId event, ParticipantId participant, MaterialId upTo);

/// Has the person, or somebody with this address (EmailAddress::key()), a place in the event?
bool hasPlace(ReadTx& tx, EventId event, PersonId person, const std::string& emailKey);

}  // namespace toimela::events::store
