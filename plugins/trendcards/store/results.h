// What is done with results of sessions, and the batches of the needs map.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/needs.h"
#include "toimela/data.h"

namespace toimela::trendcards::store {

/// What the facilitator has done with a result.
struct ResultRecord {
  std::optional<std::string> shareKey;
  std::optional<std::int64_t> event;        ///< key of the EventMaterials service
  std::optional<std::string> depositPath;
  std::optional<Instant> countedAt, withdrawnAt;
};
/// Of a session of which nothing was done yet it is empty.
ResultRecord recordOf(ReadTx& tx, SessionId session);
void setShareKey(WriteTx& tx, SessionId session, const std::optional<std::string>& key);
void setEvent(WriteTx& tx, SessionId session, std::int64_t event);
void setDeposit(WriteTx& tx, SessionId session, const std::string& path);
/// The session whose result is shared by the key.
std::optional<SessionId> sharedBy(ReadTx& tx, const std::string& key);
/// Sessions of a region that are over at `at`, the latest first.
std::vector<SessionId> overIn(ReadTx& tx, RegionCode region, Instant at, int limit, int offset);

// ---- the needs map ----

/// Waits until nobody else counts, and makes others wait.
void takeTurn(WriteTx& tx);
/// Sessions that are over at `at`, may be counted and have not been, the oldest first.
std::vector<SessionId> uncounted(ReadTx& tx, Instant at, int limit);
void markCounted(WriteTx& tx, SessionId session);
void markWithdrawn(WriteTx& tx, SessionId session);

void insertPart(WriteTx& tx, DeckId deck, RegionCode region, const NeedPart& part);
/// Parts of a trend in a region that are in no batch.
std::vector<NeedPart> waitingParts(ReadTx& tx, DeckId deck, RegionCode region, std::int64_t trend);
void insertBatch(WriteTx& tx, DeckId deck, RegionCode region, const NeedBatch& batch);
/// Removes all batches that the session is in, and drops its parts and those that were with them: made anew
/// without the session, they would tell by their difference what it said.
void removeBatchesOf(WriteTx& tx, SessionId session);

/// Batches of a deck in regions where the plugin is on.
std::vector<CountedBatch> countedBatches(ReadTx& tx, DeckId deck);
/// Decks of which anything was counted, by id.
std::vector<DeckId> countedDecks(ReadTx& tx);

}  // namespace toimela::trendcards::store
