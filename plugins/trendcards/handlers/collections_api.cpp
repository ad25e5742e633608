#include "handlers/collections_api.h"

#include <algorithm>

#include "handlers/change.h"
#include "handlers/collections.h"
#include "operations/collections.h"
#include "store/collections.h"
#include "store/decks.h"
#include "toimela/paging.h"
#include "view/json.h"

namespace toimela::trendcards::handlers {

namespace {

view::ListedCollection listed(ReadTx& tx, const Collection& collection) {
  return {collection, store::collectedIn(tx, collection.id)};
}

Response shown(Host& host, CollectionId id, int status = 200) {
  const auto found = host.read([&](ReadTx& tx) { return listed(tx, store::collection(tx, id).value()); });
  return host.json(view::collectionJson(found, host), status);
}

/// May everybody read the card?
bool isReadable(ReadTx& tx, Host& host, CardId id) {
  const auto card = store::card(tx, id);
  const auto edition = card ? store::editionHead(tx, card->edition) : std::nullopt;
  return edition && edition->isPublished() && host.active("trendcards", store::deck(tx, edition->deck)->region);
}

/// The cards that came, by their ids; with the first error at their field.
std::vector<CardId> readCards(Form& form, ReadTx& tx, const Request& request, Host& host) {
  std::vector<CardId> cards;
  for (const auto text : request.form.every("cards")) {
    const CardId id{parseId(text).value_or(0)};
    if (cards.size() == kMostCollected) form.error("cards", "trendcards.error.collection_full");
    else if (!isReadable(tx, host, id)) form.error("cards", "trendcards.error.unknown_card", {{"card", std::string(text)}});
    else if (std::ranges::find(cards, id) != cards.end()) form.error("cards", "trendcards.error.card_twice", {{"card", std::string(text)}});
    if (!form.ok()) break;
    cards.push_back(id);
  }
  return cards;
}

}  // namespace

Response apiCollections(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const auto after = paging.afterId<CollectionId>();
  auto found = host.read([&](ReadTx& tx) {
    std::vector<view::ListedCollection> all;
    for (const Collection& each : store::collectionsOf(tx, *request.actor.person))
      if (each.id > after && all.size() <= static_cast<std::size_t>(paging.limit)) all.push_back(listed(tx, each));
    return all;
  });
  const auto next = paging.cut(found, [](const auto& each) { return each.collection.id.text(); });
  return host.json(view::collectionsJson(found, next, host));
}

Response apiCollection(const Request& request, Host& host) {
  return host.json(view::collectionJson(
      host.read([&](ReadTx& tx) { return listed(tx, ownCollection(tx, request)); }), host));
}

Response apiAddCollection(const Request& request, Host& host) {
  Form form = Form::read(collectionFields(), request.form);
  const auto cards = host.read([&](ReadTx& tx) { return readCards(form, tx, request, host); });
  if (!form.ok()) return host.problem(request, form);
  const auto id = host.write(request, [&](WriteTx& tx) {
    const auto made = operations::addCollection(tx, *request.actor.person, form.text("name"));
    if (made) operations::arrange(tx, *made, cards);
    return made;
  });
  if (!id) {
    form.error("", "trendcards.error.too_many_collections");
    return host.problem(request, form, 409);
  }
  Response answer = shown(host, *id, 201);
  answer.headers.set("Location", "/api/v1/trendcards/collections/" + id->text());
  return answer;
}

Response apiChangeCollection(const Request& request, Host& host) {
  const Collection stored = host.read([&](ReadTx& tx) { return ownCollection(tx, request); });
  Change change(request);
  Form form = Form::read(collectionFields(), change.field("name", stored.name).fields());
  const auto cards = host.read([&](ReadTx& tx) { return readCards(form, tx, request, host); });
  if (!form.ok()) return host.problem(request, form);
  host.write(request, [&](WriteTx& tx) {
    const CollectionId id = ownCollection(tx, request).id;
    operations::renameCollection(tx, id, form.text("name"));
    if (change.has("cards")) operations::arrange(tx, id, cards);
    if (change.has("shared")) operations::share(tx, id, request.form.text("shared") == "1");
  });
  return shown(host, stored.id);
}

Response apiRemoveCollection(const Request& request, Host& host) {
  host.write(request, [&](WriteTx& tx) { operations::removeCollection(tx, ownCollection(tx, request).id); });
  return Response::noContent();
}

}  // namespace toimela::trendcards::handlers
