#include "domain/material.h"

#include <algorithm>

namespace toimela::events {

bool isSafeLink(std::string_view link) {
  constexpr std::string_view kScheme = "https://";
  if (!link.starts_with(kScheme)) return false;
  const auto host = link.substr(kScheme.size(), link.substr(kScheme.size()).find_first_of("/?#"));
  if (host.empty() || host.find('@') != host.npos || host.find('.') == host.npos) return false;
  return std::ranges::none_of(link, [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
  });
}

}  // namespace toimela::events
