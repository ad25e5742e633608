// Bytes as text that stands in addresses, cookies and columns.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace toimela::access {

/// base64url without padding (RFC 4648, section 5).
std::string base64url(std::span<const unsigned char> bytes);
/// Nothing when a character is none of the alphabet's.
std::optional<std::vector<unsigned char>> fromBase64url(std::string_view text);

}  // namespace toimela::access
