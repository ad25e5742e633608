// What a text may look like in a cell. Pure.
#pragma once

#include <string>
#include <string_view>

#include "toimela/spreadsheet.h"

namespace toimela::spreadsheet {

/// With an apostrophe in front when a program might take it for a formula; without NUL.
std::string neutral(std::string_view text, Format format);
/// What neutral() was given.
std::string_view plain(std::string_view text);
/// Without white space around it, also the kind that does not break.
std::string_view trimmed(std::string_view text);
/// In quotes where RFC 4180 asks for them.
std::string csvField(std::string_view text);

}  // namespace toimela::spreadsheet
