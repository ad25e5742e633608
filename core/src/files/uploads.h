// Uploads in pieces as the rest of the room needs them.
#pragma once

#include <filesystem>

#include "host/core_host.h"

namespace toimela::files {

/// Where the bytes of an upload lie until it is complete.
std::filesystem::path partOf(Host& host, const std::string& token);
/// Forgets uploads that have run out, and deletes parts, bodies and tickets older than a day that
/// belong to none.
void sweepUploads(CoreHost& host);

}  // namespace toimela::files
