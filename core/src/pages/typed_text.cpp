#include "pages/typed_text.h"

#include <unicode/utf8.h>

#include <cstdint>

namespace toimela::pages {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

std::string_view trimmed(std::string_view text) {
  for (;;) {
    if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else if (!text.empty() &&
               std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
    } else {
      break;
    }
  }
  for (;;) {
    if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else if (!text.empty() &&
               std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos) {
      text.remove_suffix(1);
    } else {
      return text;
    }
  }
}

bool isControl(std::int32_t character) {
  return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

}  // namespace

Typed readTyped(std::string_view sent, Tidy tidy) {
  if (tidy != Tidy::nothing) sent = trimmed(sent);
  Typed typed;
  typed.text.reserve(sent.size());
  const auto size = static_cast<std::int32_t>(sent.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t start = at;
    std::int32_t character = 0;
    U8_NEXT(sent.data(), at, size, character);
    if (tidy == Tidy::lines && character == '\r') {
      if (at < size && sent[static_cast<std::size_t>(at)] == '\n') ++at;
      character = '\n';
      typed.text += '\n';
    } else if (tidy == Tidy::lines && (character == '\n' || character == '\t')) {
      typed.text += static_cast<char>(character);
    } else if (character < 0 || isControl(character)) {
      typed.text += kReplacement;
      typed.hasBadCharacters = true;
    } else {
      typed.text.append(sent, static_cast<std::size_t>(start),
                        static_cast<std::size_t>(at - start));
    }
    ++typed.length;
  }
  return typed;
}

}  // namespace toimela::pages
