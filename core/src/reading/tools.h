// What runs in a process of its own: a foreign file comes in, its words or its picture go out.
#pragma once

#include <optional>
#include <string_view>

#include "toimela/export.h"

namespace toimela::reading {

/// The words on the command line that start it: followed by a media type, or by the name of a tool.
inline constexpr std::string_view kReadWords = "--read-words";
inline constexpr std::string_view kPdfText = "pdf-text", kPdfFacts = "pdf-facts", kPdfPicture = "pdf-picture";
inline constexpr std::string_view kPoppler = "--poppler";

/// The whole of that process, when the command line asks for one: its exit code.
TOIMELA_API std::optional<int> runTool(std::string_view word, std::string_view argument);

}  // namespace toimela::reading
