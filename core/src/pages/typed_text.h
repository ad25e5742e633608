// Text as people and programs send it, made fit to be stored and shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace toimela::pages {

enum class Tidy {
  nothing,  ///< as it was typed: passwords
  line,     ///< trimmed; line ends and tabs are bad characters
  lines     ///< trimmed, lines end with "\n"
};

struct Typed {
  std::string text;               ///< always UTF-8; bad characters are shown as U+FFFD
  std::size_t length = 0;         ///< in characters
  bool hasBadCharacters = false;  ///< control characters, or bytes that are no UTF-8
};

Typed readTyped(std::string_view sent, Tidy tidy);

}  // namespace toimela::pages
