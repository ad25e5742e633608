// From when to when, as people write it.
#pragma once

#include <string>

#include "toimela/export.h"
#include "toimela/types.h"

namespace toimela {

/// "pe 12.12.2026 klo 9.00–15.00", "Fri 12 December 2026, 09:00–15:00"; with both days when it ends on
/// another one. In Finnish time.
TOIMELA_API std::string showSpan(Instant from, Instant to, Locale locale);
/// The time of day in Finland: "9.00", "09:00".
TOIMELA_API std::string showTimeOfDay(Instant instant, Locale locale);

}  // namespace toimela
