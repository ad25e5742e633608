// A table that somebody sends to be looked at before anything is done with it: kept between its
// preview and its confirmation, and read anew for each.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "toimela/host.h"
#include "toimela/request.h"
#include "toimela/spreadsheet.h"

namespace toimela::events::staged_table {

struct Staged {
  std::string storedName, name;  ///< go with the preview's form as "file" and "name"
  std::vector<spreadsheet::Row> rows;
};
/// The rows, at least one of them, or the key of what is wrong with the file.
using Outcome = std::variant<Staged, std::string>;

/// Takes the first file of the request, XLSX or CSV. Call it outside transactions.
Outcome receive(const Request& request, Host& host, const spreadsheet::Limits& limits);
/// The file that the form names; kept for most of a day, see files::receivedPath.
Outcome reopen(const Request& request, Host& host, const spreadsheet::Limits& limits);

}  // namespace toimela::events::staged_table
