// What several parts of the connection count by.
#pragma once

#include <chrono>
#include <cstdint>

#include "wire/deadlines.h"

namespace toimela::wire {

constexpr int kTurns = 16;                          ///< steps before others get their turn
constexpr std::uint64_t kSendBudget = 1024 * 1024;  ///< bytes, likewise

inline Millis millis(std::chrono::milliseconds time) { return static_cast<Millis>(time.count()); }

inline bool slowerThan(std::uint64_t rate, std::uint64_t bytes, Millis elapsed) {
  return bytes * 1000 < rate * elapsed;
}

}  // namespace toimela::wire
