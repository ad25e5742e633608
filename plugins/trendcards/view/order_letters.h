// Letters about orders of printed decks.
#pragma once

#include <vector>

#include "toimela/registry.h"

namespace toimela::trendcards::view {

/// To who ordered: received (or to be confirmed), sent, declined.
std::vector<Letter> orderLetters();

}  // namespace toimela::trendcards::view
