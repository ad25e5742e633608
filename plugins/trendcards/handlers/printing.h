// Printing a deck, or a collection of one's own.
#pragma once

#include "handlers/lately_made.h"
#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// GET /trendcards/{deck}/print
Response showPrint(const Request& request, Host& host);
/// GET /trendcards/{deck}/print.pdf: the file, or the form with what is wrong in it.
Response printDeck(const Request& request, Host& host, Prints& prints);

/// GET /trendcards/collections/{collection}/print, and its file likewise.
Response showCollectionPrint(const Request& request, Host& host);
Response printCollection(const Request& request, Host& host, Prints& prints);

}  // namespace toimela::trendcards::handlers
