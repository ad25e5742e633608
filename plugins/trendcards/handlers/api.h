// Decks, read by programs.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response apiDecks(const Request& request, Host& host);
Response apiDeck(const Request& request, Host& host);
Response apiEdition(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
