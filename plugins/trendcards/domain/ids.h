// Ids of decks and what is made of them.
#pragma once

#include "toimela/types.h"

namespace toimela::trendcards {

using DeckId = Id<struct DeckTag>;
using EditionId = Id<struct EditionTag>;
using CardId = Id<struct CardTag>;
using CollectionId = Id<struct CollectionTag>;

}  // namespace toimela::trendcards
