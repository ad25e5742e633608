#include "handlers/collections.h"

#include <map>
#include <nlohmann/json.hpp>

#include "operations/collections.h"
#include "store/collections.h"
#include "store/decks.h"
#include "toimela/undo.h"
#include "view/collections.h"

namespace toimela::trendcards::handlers {

FormSpec collectionFields() {
  return {Field::text("name", "trendcards.collect.name").required().longest(100)};
}

Collection ownCollection(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<CollectionId>("collection");
  const auto found = id ? store::collection(tx, *id) : std::nullopt;
  if (!found || found->owner != request.actor.person) throw NotFound();
  return *found;
}

std::vector<view::CollectedCard> collectedCards(ReadTx& tx, Host& host, CollectionId id) {
  std::map<EditionId, Edition> editions;
  std::map<DeckId, Deck> decks;
  std::vector<view::CollectedCard> found;
  for (const CardId cardId : store::cardsIn(tx, id)) {
    auto card = store::card(tx, cardId).value();
    auto [edition, isNew] = editions.try_emplace(card.edition);
    if (isNew) edition->second = store::edition(tx, card.edition).value();
    const auto [deck, isUnknown] = decks.try_emplace(edition->second.deck);
    if (isUnknown) deck->second = store::deck(tx, edition->second.deck).value();
    if (host.active("trendcards", deck->second.region)) found.push_back({std::move(card), edition->second, deck->second});
  }
  return found;
}

namespace {

Response showList(const Request& request, Host& host, const Form& form, int status = 200) {
  const auto collections = host.read([&](ReadTx& tx) { return store::collectionsOf(tx, *request.actor.person); });
  return host.page(request, "collections", view::collectionsPage(collections, form, view::Words(request, host)),
                   {.status = status});
}

Response showOne(const Request& request, Host& host, const Form& form, int status = 200) {
  const auto [collection, cards] = host.read([&](ReadTx& tx) {
    const Collection found = ownCollection(tx, request);
    return std::pair{found, collectedCards(tx, host, found.id)};
  });
  return host.page(request, "collection", view::collectionPage(collection, cards, form, view::Words(request, host)),
                   {.status = status, .title = collection.name});
}

}  // namespace

Response listCollections(const Request& request, Host& host) { return showList(request, host, Form(collectionFields())); }

Response addCollection(const Request& request, Host& host) {
  Form form = Form::read(collectionFields(), request.form);
  if (!form.ok()) return showList(request, host, form, 422);
  const auto id = host.write(request, [&](WriteTx& tx) {
    return operations::addCollection(tx, *request.actor.person, form.text("name"));
  });
  if (id) return host.redirect(request, view::pathOf(*id), "trendcards.done.collection_added");
  form.error("", "trendcards.error.too_many_collections");
  return showList(request, host, form, 422);
}

Response showCollection(const Request& request, Host& host) {
  const auto collection = host.read([&](ReadTx& tx) { return ownCollection(tx, request); });
  Form form(collectionFields());
  form.fill("name", collection.name);
  return showOne(request, host, form);
}

Response renameCollection(const Request& request, Host& host) {
  const auto collection = host.read([&](ReadTx& tx) { return ownCollection(tx, request); });
  const Form form = Form::read(collectionFields(), request.form);
  if (!form.ok()) return showOne(request, host, form, 422);
  host.write(request, [&](WriteTx& tx) { operations::renameCollection(tx, collection.id, form.text("name")); });
  return host.redirect(request, view::pathOf(collection.id), "trendcards.done.saved");
}

Response shareCollection(const Request& request, Host& host) {
  const auto collection = host.read([&](ReadTx& tx) { return ownCollection(tx, request); });
  const bool isShared = request.form.text("shared") == "1";
  host.write(request, [&](WriteTx& tx) { operations::share(tx, collection.id, isShared); });
  return host.redirect(request, view::pathOf(collection.id),
                       isShared ? "trendcards.done.shared" : "trendcards.done.unshared");
}

Response removeCollection(const Request& request, Host& host) {
  const auto collection = host.read([&](ReadTx& tx) { return ownCollection(tx, request); });
  host.write(request, [&](WriteTx& tx) { operations::removeCollection(tx, collection.id); });
  return redirectWithUndo(request, host, "/trendcards/collections", "trendcards.done.collection_removed",
                          view::pathOf(collection.id) + "/restore");
}

Response restoreCollection(const Request& request, Host& host) {
  const PersonId person = *request.actor.person;
  const auto id = request.parameters.id<CollectionId>("collection");
  if (!id || host.read([&](ReadTx& tx) { return store::ownerOf(tx, *id); }) != person) throw NotFound();
  requireUndo(request, host);
  if (!host.write(request, [&](WriteTx& tx) { return operations::restoreCollection(tx, *id, person); })) undoIsTooLate();
  return host.redirect(request, view::pathOf(*id), "site.undone");
}

Response arrangeCollection(const Request& request, Host& host) {
  using operations::CardMove;
  const auto collection = host.read([&](ReadTx& tx) { return ownCollection(tx, request); });
  const auto card = parseId(request.form.text("card"));
  const auto step = request.form.text("step");
  if (!card || (step != "up" && step != "down" && step != "remove"))
    throw RequestError(400, "trendcards.error.step", "an unknown step of a collected card");
  host.write(request, [&](WriteTx& tx) {
    operations::move(tx, collection.id, CardId{*card},
                     step == "up" ? CardMove::up : step == "down" ? CardMove::down : CardMove::remove);
  });
  return host.redirect(request, view::pathOf(collection.id), "trendcards.done.saved");
}

Response collectCard(const Request& request, Host& host) {
  const PersonId person = *request.actor.person;
  const auto id = request.parameters.id<CardId>("card");
  const auto wanted = parseId(request.form.text("collection"));
  const Form name = Form::read(collectionFields(), request.form);
  if (!wanted && !name.ok()) throw RequestError(422, "trendcards.error.collection_name", "a collection without a name");
  const auto collection = host.write(request, [&](WriteTx& tx) -> std::optional<CollectionId> {
    const auto card = id ? store::card(tx, *id) : std::nullopt;
    if (!card || !store::editionHead(tx, card->edition)->isPublished()) throw NotFound();
    const auto known = wanted ? store::collection(tx, CollectionId{*wanted}) : std::nullopt;
    if (wanted && (!known || known->owner != person)) throw NotFound();
    const auto to = known ? std::optional(known->id) : operations::addCollection(tx, person, name.text("name"));
    return to && operations::collect(tx, *to, card->id) ? to : std::nullopt;
  });
  if (!collection) throw RequestError(409, "trendcards.error.collection_full", "a collection is full");
  return host.redirect(request, view::pathOf(*collection), "trendcards.done.collected");
}

Response showShared(const Request& request, Host& host) {
  const std::string key = request.parameters.text("key");
  const auto found = host.read([&](ReadTx& tx) -> std::optional<std::pair<Collection, std::vector<view::CollectedCard>>> {
    const auto collection = store::collectionShared(tx, key);
    if (!collection) return std::nullopt;
    return std::pair{*collection, collectedCards(tx, host, collection->id)};
  });
  if (!found) throw NotFound();
  return host.page(request, "shared", view::sharedPage(found->first, found->second, view::Words(request, host)),
                   {.title = found->first.name});
}

PersonalData personalData() {
  return {.section = "trendcards",
          .exporter = [](ReadTx& tx, PersonId person) {
            nlohmann::ordered_json json{{"collections", nlohmann::ordered_json::array()},
                                        {"decks", nlohmann::ordered_json::array()}};
            for (const Collection& each : store::collectionsOf(tx, person)) {
              nlohmann::ordered_json cards = nlohmann::ordered_json::array();
              for (const CardId card : store::cardsIn(tx, each.id)) cards.push_back(store::card(tx, card)->title);
              json["collections"].push_back({{"name", each.name}, {"shared", each.isShared}, {"cards", std::move(cards)}});
            }
            for (const DeckId deck : store::madeBy(tx, person)) json["decks"].push_back(deck.text());
            return json.dump();
          },
          .eraser = [](WriteTx& tx, PersonId person) {
            store::removeCollectionsOf(tx, person);
            store::forgetMaker(tx, person);
          },
          .columns = {"trendcards_deck.created_by", "trendcards_deck.created_at", "trendcards_collection.owner_id",
                      "trendcards_collection.name", "trendcards_collection.share_key",
                      "trendcards_collection.is_shared", "trendcards_collection.created_at",
                      "trendcards_collection_card.card_id"}};
}

}  // namespace toimela::trendcards::handlers
