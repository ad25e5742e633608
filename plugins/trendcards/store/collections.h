// Collections of cards in the database.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/collection.h"
#include "toimela/data.h"

namespace toimela::trendcards::store {

std::vector<Collection> collectionsOf(ReadTx& tx, PersonId owner);
std::optional<Collection> collection(ReadTx& tx, CollectionId id);
/// Of a removed one too.
std::optional<PersonId> ownerOf(ReadTx& tx, CollectionId id);
std::optional<Collection> collectionShared(ReadTx& tx, std::string_view shareKey);
/// In the owner's order.
std::vector<CardId> cardsIn(ReadTx& tx, CollectionId id);
std::vector<Collected> collectedIn(ReadTx& tx, CollectionId id);

CollectionId insertCollection(WriteTx& tx, const Collection& collection);
void renameCollection(WriteTx& tx, CollectionId id, std::string_view name);
/// Nobody finds it any more, and it can be restored.
void removeCollection(WriteTx& tx, CollectionId id);
/// False when it was not removed, or is gone for good.
[[nodiscard]] bool restoreCollection(WriteTx& tx, CollectionId id);
/// Deletes those removed before then.
void clearRemovedCollections(WriteTx& tx, Instant before);
void setShared(WriteTx& tx, CollectionId id, std::string_view shareKey, bool isShared);
/// At the end; does nothing when it is there already.
void collect(WriteTx& tx, CollectionId id, CardId card);
void setOrder(WriteTx& tx, CollectionId id, const std::vector<CardId>& cards);
void removeCollectionsOf(WriteTx& tx, PersonId owner);

}  // namespace toimela::trendcards::store
