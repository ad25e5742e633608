// Words in the form in which they are compared, and names in the form in which they are ordered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "toimela/types.h"

namespace toimela::words {

/// A folded word without the dots and rings of å, ä and ö.
std::string plain(std::string_view word);

/// Orders as the language's alphabet does, byte by byte: the collation key of ICU at its primary
/// level (UTS #10) in hexadecimal digits, cut to 40 bytes. The key of the first words of a name
/// begins the key of the name.
std::string orderKey(const std::vector<std::string>& words, Locale locale);

}  // namespace toimela::words
