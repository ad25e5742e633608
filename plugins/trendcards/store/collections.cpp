#include "store/collections.h"

namespace toimela::trendcards::store {

namespace {

#define COLUMNS                                                                                       \
  "SELECT c.id, c.owner_id, c.name, c.share_key, c.is_shared, (SELECT CAST(COUNT(*) AS BIGINT) FROM "              \
  "trendcards_collection_card k WHERE k.collection_id = c.id) FROM trendcards_collection c "
constexpr Sql kOf{"trendcards.collection.of_person", COLUMNS "WHERE c.owner_id = :owner AND c.removed_at IS NULL ORDER BY c.id"};
constexpr Sql kFind{"trendcards.collection.find", COLUMNS "WHERE c.id = :id AND c.removed_at IS NULL"};
constexpr Sql kOwner{"trendcards.collection.owner", "SELECT owner_id FROM trendcards_collection WHERE id = :id"};
constexpr Sql kShared{"trendcards.collection.shared", COLUMNS "WHERE c.share_key = :key AND c.is_shared = 1 "
                                                           "AND c.removed_at IS NULL"};
#undef COLUMNS
constexpr Sql kCards{"trendcards.collection_card.of_collection",
                     "SELECT card_id FROM trendcards_collection_card WHERE collection_id = :id ORDER BY position, card_id"};
constexpr Sql kCollected{"trendcards.collection_card.with_card",
                         "SELECT c.id, e.deck_id, e.id, c.number, c.title FROM trendcards_collection_card k "
                         "JOIN trendcards_card c ON c.id = k.card_id JOIN trendcards_edition e ON e.id = c.edition_id "
                         "WHERE k.collection_id = :id ORDER BY k.position, k.card_id"};
constexpr Sql kInsert{"trendcards.collection.insert",
                      "INSERT INTO trendcards_collection (owner_id, name, share_key, is_shared, created_at) "
                      "VALUES (:owner, :name, :key, :shared, :at) RETURNING id"};
constexpr Sql kRename{"trendcards.collection.rename", "UPDATE trendcards_collection SET name = :name WHERE id = :id"};
constexpr Sql kShare{"trendcards.collection.share",
                     "UPDATE trendcards_collection SET share_key = :key, is_shared = :shared WHERE id = :id"};
constexpr Sql kClear{"trendcards.collection_card.clear",
                     "DELETE FROM trendcards_collection_card WHERE collection_id = :id"};
constexpr Sql kRemove{"trendcards.collection.remove",
                      "UPDATE trendcards_collection SET removed_at = :at WHERE id = :id AND removed_at IS NULL"};
constexpr Sql kRestore{"trendcards.collection.restore",
                       "UPDATE trendcards_collection SET removed_at = NULL WHERE id = :id AND removed_at IS NOT NULL"};
constexpr Sql kRemoved{"trendcards.collection.removed",
                       "SELECT id FROM trendcards_collection WHERE removed_at < :before ORDER BY id"};
constexpr Sql kDelete{"trendcards.collection.delete", "DELETE FROM trendcards_collection WHERE id = :id"};
constexpr Sql kAppend{"trendcards.collection_card.append",
                      "INSERT INTO trendcards_collection_card (collection_id, card_id, position) "
                      "SELECT :collection, :card, COALESCE(MAX(position), 0) + 1 FROM trendcards_collection_card "
                      "WHERE collection_id = :collection ON CONFLICT (collection_id, card_id) DO NOTHING",
                      "INSERT INTO trendcards_collection_card (collection_id, card_id, position) "
                      "SELECT CAST(:collection AS BIGINT), CAST(:card AS BIGINT), COALESCE(MAX(position), 0) + 1 "
                      "FROM trendcards_collection_card WHERE collection_id = CAST(:collection AS BIGINT) "
                      "ON CONFLICT (collection_id, card_id) DO NOTHING"};
constexpr Sql kInsertCard{"trendcards.collection_card.insert",
                          "INSERT INTO trendcards_collection_card (collection_id, card_id, position) "
                          "VALUES (:collection, :card, :position)"};
constexpr Sql kClearOf{"trendcards.collection_card.clear_of_person",
                       "DELETE FROM trendcards_collection_card WHERE collection_id IN "
                       "(SELECT id FROM trendcards_collection WHERE owner_id = :owner)"};
constexpr Sql kRemoveOf{"trendcards.collection.remove_of_person",
                        "DELETE FROM trendcards_collection WHERE owner_id = :owner"};

Collection toCollection(CollectionId id, PersonId owner, std::string name, std::string key, bool isShared,
                        std::int64_t cards) {
  return {id, owner, std::move(name), std::move(key), isShared, cards};
}

}  // namespace

std::vector<Collection> collectionsOf(ReadTx& tx, PersonId owner) { return tx.all(kOf, toCollection, owner); }
std::optional<Collection> collection(ReadTx& tx, CollectionId id) { return tx.first(kFind, toCollection, id); }
std::optional<Collection> collectionShared(ReadTx& tx, std::string_view shareKey) {
  return tx.first(kShared, toCollection, shareKey);
}
std::vector<CardId> cardsIn(ReadTx& tx, CollectionId id) {
  return tx.all(kCards, [](CardId card) { return card; }, id);
}

std::vector<Collected> collectedIn(ReadTx& tx, CollectionId id) {
  return tx.all(kCollected,
                [](CardId card, DeckId deck, EditionId edition, std::int64_t number, std::string title) {
                  return Collected{card, deck, edition, number, std::move(title)};
                },
                id);
}

CollectionId insertCollection(WriteTx& tx, const Collection& collection) {
  return tx.insert<CollectionId>(kInsert, collection.owner, collection.name, collection.shareKey, collection.isShared, tx.time());
}
void renameCollection(WriteTx& tx, CollectionId id, std::string_view name) { tx.run(kRename, name, id); }
std::optional<PersonId> ownerOf(ReadTx& tx, CollectionId id) {
  return tx.first(kOwner, [](PersonId owner) { return owner; }, id);
}
void removeCollection(WriteTx& tx, CollectionId id) { tx.run(kRemove, tx.time(), id); }
bool restoreCollection(WriteTx& tx, CollectionId id) { return tx.run(kRestore, id) == 1; }
void clearRemovedCollections(WriteTx& tx, Instant before) {
  for (const CollectionId id : tx.all(kRemoved, [](CollectionId each) { return each; }, before)) {
    tx.run(kClear, id);
    tx.run(kDelete, id);
  }
}
void setShared(WriteTx& tx, CollectionId id, std::string_view shareKey, bool isShared) {
  tx.run(kShare, shareKey, isShared, id);
}
void collect(WriteTx& tx, CollectionId id, CardId card) { tx.run(kAppend, id, card); }
void setOrder(WriteTx& tx, CollectionId id, const std::vector<CardId>& cards) {
  tx.run(kClear, id);
  for (std::size_t i = 0; i < cards.size(); ++i) tx.run(kInsertCard, id, cards[i], i + 1);
}
void removeCollectionsOf(WriteTx& tx, PersonId owner) {
  tx.run(kClearOf, owner);
  tx.run(kRemoveOf, owner);
}

}  // namespace toimela::trendcards::store
