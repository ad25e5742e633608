#include "pages/escape.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace toimela::pages {

namespace {

std::string_view replacement(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

constexpr std::uint64_t everyByte(unsigned char value) { return 0x0101010101010101u * value; }

/// Not zero when a byte of `word` is zero.
constexpr std::uint64_t zeroBytes(std::uint64_t word) {
  return (word - everyByte(1)) & ~word & everyByte(0x80);
}

/// Is there a special character among eight? Two pairs of them differ in one bit only, so that
/// setting the bit leaves three characters to look for instead of five.
bool hasSpecial(const char* eight) {
  std::uint64_t word;
  std::memcpy(&word, eight, sizeof word);
  return (zeroBytes((word | everyByte('&' ^ '\'')) ^ everyByte('&' | '\'')) |
          zeroBytes((word | everyByte('<' ^ '>')) ^ everyByte('<' | '>')) |
          zeroBytes(word ^ everyByte('"'))) != 0;
}

}  // namespace

void appendEscaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (i + 8 <= text.size() && !hasSpecial(text.data() + i)) {
      i += 8;
      continue;
    }
    for (const std::size_t end = std::min(i + 8, text.size()); i < end; ++i) {
      const std::string_view safe = replacement(text[i]);
      if (safe.empty()) continue;
      out.append(text, done, i - done).append(safe);
      done = i + 1;
    }
  }
  out.append(text, done);
}

bool isSafeAddress(std::string_view address) {
  const std::size_t end = address.find_first_of(":/?#");
  if (end == address.npos || address[end] != ':') return true;
  std::string scheme(address.substr(0, end));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
}

}  // namespace toimela::pages
