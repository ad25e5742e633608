// Names shared by all rooms of the plugin.
#pragma once

#include "toimela/access.h"

namespace toimela::trendcards {

/// Writes decks, translates and publishes them.
inline constexpr Permission kEdit{"trendcards.edit"};
/// Starts card sessions and leads them.
inline constexpr Permission kFacilitate{"trendcards.facilitate"};
/// Holds printed decks and sends them to who orders them.
inline constexpr Permission kStock{"trendcards.stock"};

}  // namespace toimela::trendcards
