// What harvesters are given: everything that was ever published, in the order of its last change.
#pragma once

#include <optional>
#include <vector>

#include "domain/oai.h"
#include "toimela/data.h"

namespace toimela::publications::store {

/// Published and withdrawn ones after the selection's place, at most `limit`.
std::vector<PublicationId> harvest(ReadTx& tx, const oai::Selection& selection, int limit);
std::int64_t countHarvest(ReadTx& tx, const oai::Selection& selection);
std::optional<Instant> earliestChange(ReadTx& tx);

}  // namespace toimela::publications::store
