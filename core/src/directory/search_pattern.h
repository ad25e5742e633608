// What somebody typed into a search field: its length, and as a pattern for LIKE … ESCAPE '!'.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace toimela::directory {

/// The beginning of a text, at most so many bytes and cut between letters.
inline std::string beginning(std::string_view text, std::size_t longest) {
  std::size_t end = std::min(text.size(), longest);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

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
