#include "handlers/api.h"

#include "handlers/found.h"
#include "store/decks.h"
#include "toimela/paging.h"
#include "view/json.h"

namespace toimela::trendcards::handlers {

Response apiDecks(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  auto decks = host.read([&](ReadTx& tx) { return store::readableDecksAfter(tx, paging.afterId<DeckId>(), paging.limit + 1); });
  const auto next = paging.cut(decks, [](const ListedDeck& listed) { return listed.deck.id.text(); });
  return host.json(view::decksJson(decks, next));
}

Response apiDeck(const Request& request, Host& host) {
  const ListedDeck listed = requireListed(request, host);
  const bool edits = mayEdit(request, host, listed.deck);
  if (!edits && readable(listed.editions).empty()) throw NotFound();
  return host.json(view::deckJson(listed, edits));
}

Response apiEdition(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireEdition(tx, request); });
  if (!editing.edition.isPublished() && !mayEdit(request, host, editing.deck)) throw NotFound();
  return host.json(view::editionJson(editing.edition, host));
}

}  // namespace toimela::trendcards::handlers
