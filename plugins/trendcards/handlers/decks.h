// Reading: lists of decks, a deck, a card.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response listDecks(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
