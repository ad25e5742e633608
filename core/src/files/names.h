// The name of a file as it may be shown and given back with a download. Pure.
#pragma once

#include <string>
#include <string_view>

namespace toimela::files {

/// The last part of what the client said, without control and formatting characters (which can turn
/// the shown order of letters around), composed (NFC), at most 150 bytes with its ending kept;
/// "file" when nothing is left.
std::string cleanName(std::string_view sent);

/// What follows the last dot, in lower case; empty when there is none.
std::string endingOf(std::string_view name);
/// The name with another ending, or with its first.
std::string withEnding(std::string_view name, std::string_view ending);

}  // namespace toimela::files
