// Which kind a file is, by what is in it.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "toimela/files.h"

namespace toimela::files {

/// The media type of the content. Text is "text/plain", or "text/csv" when `ending` says so: that
/// can not be seen from within. Documents of office suites are told by what their zip file holds;
/// one with macros, and whatever is two kinds at once, is "application/octet-stream".
std::string kindOf(const std::filesystem::path& content, std::string_view ending);

/// Like kindOf(), but says why something that begins as a known kind is not one: encrypted, cut off,
/// or more than is sane when unpacked.
std::variant<std::string, Refusal> examine(const std::filesystem::path& content, std::string_view ending);

/// Endings of names that belong to a media type, the usual one first; none for types unknown here.
std::span<const std::string_view> endingsOf(std::string_view type);

}  // namespace toimela::files
