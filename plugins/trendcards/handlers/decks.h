// Reading: lists of decks, a deck, a card, a draw.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response listDecks(const Request& request, Host& host);
Response showDeck(const Request& request, Host& host);
Response showCard(const Request& request, Host& host);
Response drawCards(const Request& request, Host& host);
Response showPicture(const Request& request, Host& host);

bool fillTile(const Request& request, Host& host, View& view);

}  // namespace toimela::trendcards::handlers
