// The name of an upload in its address: it carries a mark of this service, so that a large body is
// only read for an upload that this service has begun, without asking the database first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace toimela::files {

inline constexpr std::string_view kPieceType = "application/offset+octet-stream";

std::string uploadId(const std::string& secret, std::string_view token);
/// The token in an id; nothing when the mark is not ours.
std::optional<std::string> uploadToken(const std::string& secret, std::string_view id);

}  // namespace toimela::files
