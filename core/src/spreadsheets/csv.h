// Comma separated values, as offices save them (RFC 4180 and its usual liberties). Pure.
#pragma once

#include "spreadsheets/collector.h"

namespace toimela::spreadsheet {

/// UTF-8 with or without byte order mark; else it is taken for Windows-1252.
std::string toUtf8(std::string bytes);
/// ';', ',' or tab: the one that occurs most often, outside quotes, in the first line.
char separatorOf(std::string_view text);
/// Throws Refused for a quote that never ends and for what is no text.
void readCsv(std::string bytes, Collector& rows);

}  // namespace toimela::spreadsheet
