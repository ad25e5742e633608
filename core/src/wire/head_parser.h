// From the bytes of a request head to its parts, or to the status that refuses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "wire/server.h"

namespace toimela::wire {

enum class BodyFraming { none, length, chunked };

/// A parsed head. Its views point into the bytes given to parseHead().
struct Head {
  Method method = Method::get;
  std::string_view path;
  std::string_view query;
  HeadFields fields;
  bool http10 = false;
  bool keepAlive = false;
  bool expectContinue = false;
  BodyFraming framing = BodyFraming::none;
  std::uint64_t length = 0;  ///< of the body, with BodyFraming::length
};

struct HeadLimits {
  std::size_t bytes;
  std::size_t fields;
  std::size_t target;
};

struct HeadEnd {
  std::size_t length = 0;  ///< of the whole head with its blank line; 0 while it is incomplete
  int refusal = 0;         ///< status, when the bytes can't become a good head any more
};

/// Looks for the blank line in a head that arrives piece by piece. `scanned` is 0 for a new head
/// and is kept by the caller between the pieces, so that no byte is looked at twice. Lines that
/// end in a bare LF and folded lines are refused here, before anything is interpreted.
HeadEnd findHeadEnd(std::string_view bytes, std::size_t& scanned, const HeadLimits& limits);

/// Parses a complete head. Returns 0 or the status that refuses it. `head` is filled anew.
int parseHead(std::string_view bytes, const HeadLimits& limits, Head& head);

}  // namespace toimela::wire
