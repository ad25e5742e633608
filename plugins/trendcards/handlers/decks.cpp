#include "handlers/decks.h"

#include "store/decks.h"
#include "trendcards.h"
#include "view/pages.h"

namespace toimela::trendcards::handlers {

Response listDecks(const Request& request, Host& host) {
  const auto decks = host.read([&](ReadTx& tx) { return store::readableDecks(tx, request.region); });
  const view::Words words(request, host);
  return host.page(request, "list", view::listPage(decks, request.region, words));
}

}  // namespace toimela::trendcards::handlers
