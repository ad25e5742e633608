// Cards that somebody keeps together, and shares by a link.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::trendcards::handlers {

Response listCollections(const Request& request, Host& host);
Response addCollection(const Request& request, Host& host);
Response showCollection(const Request& request, Host& host);
Response renameCollection(const Request& request, Host& host);
Response removeCollection(const Request& request, Host& host);
Response arrangeCollection(const Request& request, Host& host);
Response collectCard(const Request& request, Host& host);
Response showShared(const Request& request, Host& host);

/// Collections, and who made which deck.
PersonalData personalData();

}  // namespace toimela::trendcards::handlers
