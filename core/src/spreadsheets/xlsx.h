// The first sheet of an XLSX file (ECMA-376, SpreadsheetML).
#pragma once

#include "spreadsheets/collector.h"

namespace toimela::spreadsheet {

/// Throws Refused for what is no such file, or would unpack to more than 64 MiB a part.
void readXlsx(std::string_view bytes, Collector& rows);

}  // namespace toimela::spreadsheet
