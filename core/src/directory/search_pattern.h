// What somebody typed into a search field, as a pattern for LIKE … ESCAPE '!'.
#pragma once

#include <string>
#include <string_view>

namespace toimela::directory {

/// Matches texts that have the words in them; '%' for no words.
inline std::string containing(std::string_view words) {
  if (words.empty()) return "%";
  std::string pattern = "%";
  for (char c : words) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + "%";
}

}  // namespace toimela::directory
