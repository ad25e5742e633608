// Pages for readers of decks.
#pragma once

#include <vector>

#include "view/words.h"

namespace toimela::trendcards::view {

View listPage(const std::vector<ListedDeck>& decks, std::optional<RegionCode> region, const Words& words);

}  // namespace toimela::trendcards::view
