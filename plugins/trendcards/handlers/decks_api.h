// Decks and editions, changed by programs.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response apiAddDeck(const Request& request, Host& host);
Response apiChangeDeck(const Request& request, Host& host);
Response apiRemoveDeck(const Request& request, Host& host);
Response apiCopyDeck(const Request& request, Host& host);

Response apiAddEdition(const Request& request, Host& host);
Response apiChangeEdition(const Request& request, Host& host);
Response apiRemoveEdition(const Request& request, Host& host);
Response apiAddVersion(const Request& request, Host& host);
Response apiPublish(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
