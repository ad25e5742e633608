// Making decks: what their editors do.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response listWork(const Request& request, Host& host);
Response newDeck(const Request& request, Host& host);
Response addDeck(const Request& request, Host& host);
Response workOnDeck(const Request& request, Host& host);
Response editDeck(const Request& request, Host& host);
Response saveDeck(const Request& request, Host& host);
Response askRemoveDeck(const Request& request, Host& host);
Response removeDeck(const Request& request, Host& host);
Response restoreDeck(const Request& request, Host& host);
Response putDeckAside(const Request& request, Host& host);
Response takeDeckBack(const Request& request, Host& host);
Response askCopyDeck(const Request& request, Host& host);
Response copyDeck(const Request& request, Host& host);

Response newEdition(const Request& request, Host& host);
Response addEdition(const Request& request, Host& host);
Response workOnEdition(const Request& request, Host& host);
Response editEdition(const Request& request, Host& host);
Response saveEdition(const Request& request, Host& host);
Response publishEdition(const Request& request, Host& host);
Response addVersion(const Request& request, Host& host);
Response askRemoveEdition(const Request& request, Host& host);
Response removeEdition(const Request& request, Host& host);
Response restoreEdition(const Request& request, Host& host);

Response newCard(const Request& request, Host& host);
Response addCard(const Request& request, Host& host);
Response previewCard(const Request& request, Host& host);
Response editCard(const Request& request, Host& host);
Response saveCard(const Request& request, Host& host);
Response askRemoveCard(const Request& request, Host& host);
Response removeCard(const Request& request, Host& host);
Response restoreCard(const Request& request, Host& host);
Response restorePicture(const Request& request, Host& host);
Response moveCard(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
