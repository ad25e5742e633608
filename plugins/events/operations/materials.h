// Materials of an event: rule, save, audit entry and letters in one transaction.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/event.h"
#include "domain/material.h"
#include "operations/removing.h"
#include "toimela/data.h"
#include "toimela/files.h"

namespace toimela::events::operations {

/// Adds a link, or the file.
MaterialId addMaterial(WriteTx& tx, EventId event, Material material,
                       const std::optional<files::Incoming>& file);
/// False when it has been removed.
bool saveMaterial(WriteTx& tx, EventId event, const Material& material);
Removal removeMaterial(WriteTx& tx, EventId event, MaterialId material);

/// Writes to those who were there about the materials, once to each; who had the letter already is
/// written to again only when something was added since. How many letters went into the queue.
std::int64_t mailMaterials(WriteTx& tx, EventId event);

}  // namespace toimela::events::operations
