// Taking in a table or BibTeX from a page, with a look at it before anything is saved.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

/// What the form for an import takes, in bytes.
inline constexpr std::uint64_t kLargestPacked = 200ULL * 1024 * 1024;

Response askImport(const Request& request, Host& host);
Response previewImport(const Request& request, Host& host);
/// Everything, as a ZIP file that the import takes.
Response exportPacked(const Request& request, Host& host);
Response doImport(const Request& request, Host& host);

}  // namespace toimela::publications::handlers
