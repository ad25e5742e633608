#include "pages/escape.h"

#include <algorithm>
#include <array>

namespace toimela::pages {

namespace {

constexpr std::array<std::string_view, 256> kReplacements = [] {
  std::array<std::string_view, 256> table{};
  table['&'] = "&amp;";
  table['<'] = "&lt;";
  table['>'] = "&gt;";
  table['"'] = "&quot;";
  table['\''] = "&#39;";
  return table;
}();

}  // namespace

void appendEscaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view replacement = kReplacements[static_cast<unsigned char>(text[i])];
    if (replacement.empty()) continue;
    out.append(text, done, i - done).append(replacement);
    done = i + 1;
  }
  out.append(text, done);
}

bool isSafeAddress(std::string_view address) {
  const std::size_t end = address.find_first_of(":/?#");
  if (end == address.npos || address[end] != ':') return true;
  std::string scheme(address.substr(0, end));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
}

}  // namespace toimela::pages
