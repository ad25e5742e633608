// Changes to somebody's own collections.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/collection.h"
#include "toimela/data.h"

namespace toimela::trendcards::operations {

/// Nothing when the person has kMostCollections already.
std::optional<CollectionId> addCollection(WriteTx& tx, PersonId owner, std::string_view name);
void renameCollection(WriteTx& tx, CollectionId id, std::string_view name);
void removeCollection(WriteTx& tx, CollectionId id);
/// Undoes that; false when it is too late, or the owner has kMostCollections without it.
[[nodiscard]] bool restoreCollection(WriteTx& tx, CollectionId id, PersonId owner);
/// Those removed before then can not be brought back any more.
void clearRemovedCollections(WriteTx& tx, Instant before);
/// False when the collection is full.
bool collect(WriteTx& tx, CollectionId id, CardId card);

enum class CardMove { up, down, remove };
void move(WriteTx& tx, CollectionId id, CardId card, CardMove step);
/// These cards, in this order, and no others.
void arrange(WriteTx& tx, CollectionId id, const std::vector<CardId>& cards);
/// Gives it a link that it never had, or ends the one that it has.
void share(WriteTx& tx, CollectionId id, bool isShared);

}  // namespace toimela::trendcards::operations
