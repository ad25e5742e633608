// Which rules the index was written by.
#pragma once

#include <cstdint>

namespace toimela::words {

/// Raised when folding or ordering changes: entries of another version are written anew at start.
inline constexpr std::int64_t kVersion = 1;

}  // namespace toimela::words
