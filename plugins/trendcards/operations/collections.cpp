#include "operations/collections.h"

#include <algorithm>

#include "store/collections.h"
#include "toimela/bookkeeping.h"
#include "toimela/secrets.h"

namespace toimela::trendcards::operations {

namespace {

constexpr std::string_view kOwn = "a collection is its owner's own and nobody else's business";

}  // namespace

std::optional<CollectionId> addCollection(WriteTx& tx, PersonId owner, std::string_view name) {
  bookkeeping(tx, kOwn);
  if (store::collectionsOf(tx, owner).size() >= kMostCollections) return std::nullopt;
  return store::insertCollection(tx, {.id = {}, .owner = owner, .name = std::string(name), .shareKey = secrets::random(), .isShared = false});
}
void renameCollection(WriteTx& tx, CollectionId id, std::string_view name) {
  bookkeeping(tx, kOwn);
  store::renameCollection(tx, id, name);
}
void removeCollection(WriteTx& tx, CollectionId id) {
  bookkeeping(tx, kOwn);
  store::removeCollection(tx, id);
}
bool restoreCollection(WriteTx& tx, CollectionId id, PersonId owner) {
  bookkeeping(tx, kOwn);
  return store::collectionsOf(tx, owner).size() < kMostCollections && store::restoreCollection(tx, id);
}
void clearRemovedCollections(WriteTx& tx, Instant before) {
  bookkeeping(tx, kOwn);
  store::clearRemovedCollections(tx, before);
}
bool collect(WriteTx& tx, CollectionId id, CardId card) {
  bookkeeping(tx, kOwn);
  if (store::cardsIn(tx, id).size() >= kMostCollected) return false;
  store::collect(tx, id, card);
  return true;
}

void move(WriteTx& tx, CollectionId id, CardId card, CardMove step) {
  bookkeeping(tx, kOwn);
  auto cards = store::cardsIn(tx, id);
  const auto at = std::ranges::find(cards, card);
  if (at == cards.end()) return;
  if (step == CardMove::remove) cards.erase(at);
  else if (step == CardMove::up && at != cards.begin()) std::iter_swap(at, at - 1);
  else if (step == CardMove::down && at + 1 != cards.end()) std::iter_swap(at, at + 1);
  store::setOrder(tx, id, cards);
}
void arrange(WriteTx& tx, CollectionId id, const std::vector<CardId>& cards) {
  bookkeeping(tx, kOwn);
  store::setOrder(tx, id, cards);
}
void share(WriteTx& tx, CollectionId id, bool isShared) {
  bookkeeping(tx, kOwn);
  const auto known = store::collection(tx, id);
  if (known && known->isShared != isShared) store::setShared(tx, id, secrets::random(), isShared);
}

}  // namespace toimela::trendcards::operations
