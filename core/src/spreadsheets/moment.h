// The time of day in Finland, for cells.
#pragma once

#include <chrono>

#include "kit/local_time.h"

namespace toimela::spreadsheet {

inline std::chrono::minutes timeOfDay(Instant instant) {
  const auto local = helsinkiTime(instant);
  return std::chrono::duration_cast<std::chrono::minutes>(local - std::chrono::floor<std::chrono::days>(local));
}

}  // namespace toimela::spreadsheet
