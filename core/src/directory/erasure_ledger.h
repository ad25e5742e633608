// Who was erased, kept beside the database: a backup that is older than an erasure must not bring the
// person back. A line has an id and a moment, and nothing that says who it was.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "toimela/types.h"

namespace toimela::directory {

/// "erasures.log" of the data folder: "2026-11-22T16:00:00Z 55" for each, the oldest first.
std::filesystem::path erasureLedger(const std::filesystem::path& dataFolder);
/// Adds a line and waits until it is on disk. Throws std::runtime_error when it can not be written.
void noteErased(const std::filesystem::path& ledger, PersonId person, Instant at);
/// Those with a line of `since` (as isoText() writes it) or later; of none when there is no file.
std::vector<PersonId> erasedSince(const std::filesystem::path& ledger, const std::string& since);

}  // namespace toimela::directory
