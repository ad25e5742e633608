// Members of a network from a table: sent, shown row by row, then imported as a whole.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::contacts::handlers {

/// Larger tables are imported on the command line, which shows how far it is.
inline constexpr int kMostImportedRows = 2'000;
inline constexpr std::uint64_t kMostImportBytes = 4 * 1024 * 1024;

Response showImport(const Request& request, Host& host);
Response previewImport(const Request& request, Host& host);
Response confirmImport(const Request& request, Host& host);
/// The rows that can not be imported, each with why, as CSV to be corrected and sent again.
Response wrongRows(const Request& request, Host& host);
/// An empty table with the columns, an example and instructions.
Response importTemplate(const Request& request, Host& host);

/// The same for programs: a file as multipart/form-data gives the plan; with its mark it is carried out.
Response apiImport(const Request& request, Host& host);

Command importCommand();

}  // namespace toimela::contacts::handlers
