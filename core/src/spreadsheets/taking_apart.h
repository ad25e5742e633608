// What runs in a process of its own: a foreign file comes in, rows go out.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "toimela/spreadsheet.h"

namespace toimela::spreadsheet {

/// The word on the command line that starts it; followed by the greatest numbers of rows and columns.
inline constexpr std::string_view kTakeApart = "--take-apart";

using Outcome = std::variant<std::vector<Row>, Trouble>;

/// By content: XLSX when it is a zip file, else CSV.
Outcome takeApart(std::string bytes, const Limits& limits);

/// The outcome as JSON, and back. Throws std::runtime_error for what is no outcome.
std::string encode(const Outcome& outcome);
Outcome decode(const std::string& json);

/// The whole of that process: reads standard input, gives up what it does not need, writes the
/// outcome to standard output. The exit code; confinement::kNotConfined when the limits could not be had.
TOIMELA_API int runTakingApart(int rows, int columns);

}  // namespace toimela::spreadsheet
