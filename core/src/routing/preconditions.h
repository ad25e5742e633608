// Conditional requests and ranges: what of an answer the client still needs. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "toimela/http.h"

namespace toimela::routing {

/// Turns the answer into 304, 412, 206 or 416 where the request's If-Match, If-None-Match,
/// If-Unmodified-Since, If-Modified-Since, If-Range and Range ask for that (RFC 9110, sections 13.2
/// and 14.2). Ranges are given of bodies that lie in a file.
void answerConditional(Response& response, Method method, const Headers& request);

struct ByteRange {
  std::uint64_t first = 0, length = 0;
  bool operator==(const ByteRange&) const = default;
};
struct Unsatisfiable {
  bool operator==(const Unsatisfiable&) const = default;
};
/// What of `size` bytes a Range field asks for. Several ranges that touch are one. Nothing when the
/// field is not valid, or asks for parts that lie apart: then all is sent, as section 14.2 allows.
std::variant<std::monostate, ByteRange, Unsatisfiable> rangeOf(std::string_view field, std::uint64_t size);

/// Is an entity tag in a list such as If-None-Match's ("*", or tags)? `isWeak` compares weakly
/// (section 8.8.3.2).
bool isListed(std::string_view list, std::string_view etag, bool isWeak);

}  // namespace toimela::routing
