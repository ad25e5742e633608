// The time of day in Finland, for those parts of the core that show it.
#pragma once

#include <chrono>

#include "toimela/types.h"

namespace toimela {

/// What the clocks in Europe/Helsinki show at `instant`. Thread-safe and without locks.
std::chrono::local_time<std::chrono::milliseconds> helsinkiTime(Instant instant);

}  // namespace toimela
