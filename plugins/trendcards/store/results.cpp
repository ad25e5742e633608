#include "store/results.h"

#include "toimela/directory.h"

namespace toimela::trendcards::store {

namespace {

constexpr Sql kRecord{"trendcards.result.find",
                      "SELECT share_key, event_key, deposit_path, counted_at, withdrawn_at FROM trendcards_result "
                      "WHERE session_id = :session"};
constexpr Sql kSetShareKey{"trendcards.result.set_share_key",
                           "INSERT INTO trendcards_result (session_id, share_key) VALUES (:session, CAST(:key AS TEXT)) "
                           "ON CONFLICT (session_id) DO UPDATE SET share_key = excluded.share_key"};
constexpr Sql kSetEvent{"trendcards.result.set_event",
                        "INSERT INTO trendcards_result (session_id, event_key) VALUES (:session, :event) "
                        "ON CONFLICT (session_id) DO UPDATE SET event_key = excluded.event_key"};
constexpr Sql kSetDeposit{"trendcards.result.set_deposit",
                          "INSERT INTO trendcards_result (session_id, deposit_path) VALUES (:session, :path) "
                          "ON CONFLICT (session_id) DO UPDATE SET deposit_path = excluded.deposit_path"};
constexpr Sql kSharedBy{"trendcards.result.shared_by",
                        "SELECT session_id FROM trendcards_result WHERE share_key = :key"};
constexpr Sql kOverIn{"trendcards.result.over_in",
                      "SELECT id FROM trendcards_session WHERE region = :region "
                      "AND (ended_at IS NOT NULL OR closes_at <= :at) ORDER BY id DESC LIMIT :limit OFFSET :offset"};

constexpr Sql kTakeTurn{"trendcards.need.take_turn", "UPDATE trendcards_need_turn SET turn = turn + 1 WHERE id = 1"};
constexpr Sql kUncounted{
    "trendcards.need.uncounted",
    "SELECT s.id FROM trendcards_session s LEFT JOIN trendcards_result r ON r.session_id = s.id "
    "WHERE s.feeds_map = 1 AND (s.ended_at IS NOT NULL OR s.closes_at <= :at) "
    "AND r.counted_at IS NULL AND r.withdrawn_at IS NULL ORDER BY s.id LIMIT :limit"};
constexpr Sql kMarkCounted{"trendcards.need.mark_counted",
                           "INSERT INTO trendcards_result (session_id, counted_at) VALUES (:session, :at) "
                           "ON CONFLICT (session_id) DO UPDATE SET counted_at = excluded.counted_at"};
constexpr Sql kMarkWithdrawn{"trendcards.need.mark_withdrawn",
                             "INSERT INTO trendcards_result (session_id, withdrawn_at) VALUES (:session, :at) "
                             "ON CONFLICT (session_id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at"};
constexpr Sql kInsertPart{
    "trendcards.need_part.insert",
    "INSERT INTO trendcards_need_part (session_id, deck_id, trend, region, sector, people, points, is_dropped) "
    "VALUES (:session, :deck, :trend, :region, CAST(:sector AS TEXT), :people, :points, 0)"};
constexpr Sql kWaiting{
    "trendcards.need_part.waiting",
    "SELECT id, session_id, sector, people, points FROM trendcards_need_part WHERE deck_id = :deck "
    "AND region = :region AND trend = :trend AND batch_id IS NULL AND is_dropped = 0 ORDER BY session_id, id"};
constexpr Sql kInsertBatch{
    "trendcards.need_batch.insert",
    "INSERT INTO trendcards_need_batch (deck_id, trend, region, sector, people, points, counted_at) "
    "VALUES (:deck, :trend, :region, CAST(:sector AS TEXT), :people, :points, :at) RETURNING id"};
constexpr Sql kIntoBatch{"trendcards.need_part.into_batch",
                         "UPDATE trendcards_need_part SET batch_id = :batch WHERE id = :id"};
constexpr Sql kBatchesOfSession{
    "trendcards.need_part.batches_of_session",
    "SELECT DISTINCT batch_id FROM trendcards_need_part WHERE session_id = :session AND batch_id IS NOT NULL"};
constexpr Sql kDropBatch{"trendcards.need_part.drop_batch",
                         "UPDATE trendcards_need_part SET batch_id = NULL, is_dropped = 1 WHERE batch_id = :batch"};
constexpr Sql kRemoveBatch{"trendcards.need_batch.remove", "DELETE FROM trendcards_need_batch WHERE id = :batch"};
constexpr Sql kDropSession{"trendcards.need_part.drop_session",
                           "UPDATE trendcards_need_part SET is_dropped = 1 WHERE session_id = :session"};
constexpr Sql kCounted{
    "trendcards.need_batch.of_deck",
    "SELECT b.trend, b.region, b.sector, b.people, b.points, b.counted_at FROM trendcards_need_batch b "
    "JOIN core_plugin_active a ON a.plugin = 'trendcards' AND a.region = b.region "
    "WHERE b.deck_id = :deck ORDER BY b.id"};
constexpr Sql kCountedDecks{
    "trendcards.need_batch.decks",
    "SELECT DISTINCT b.deck_id FROM trendcards_need_batch b "
    "JOIN core_plugin_active a ON a.plugin = 'trendcards' AND a.region = b.region ORDER BY b.deck_id"};

}  // namespace

ResultRecord recordOf(ReadTx& tx, SessionId session) {
  return tx
      .first(
          kRecord,
          [](std::optional<std::string> key, std::optional<std::int64_t> event, std::optional<std::string> path,
             std::optional<Instant> counted, std::optional<Instant> withdrawn) {
            return ResultRecord{std::move(key), event, std::move(path), counted, withdrawn};
          },
          session)
      .value_or(ResultRecord{});
}

void setShareKey(WriteTx& tx, SessionId session, const std::optional<std::string>& key) {
  tx.run(kSetShareKey, session, key);
}
void setEvent(WriteTx& tx, SessionId session, std::int64_t event) { tx.run(kSetEvent, session, event); }
void setDeposit(WriteTx& tx, SessionId session, const std::string& path) { tx.run(kSetDeposit, session, path); }

std::optional<SessionId> sharedBy(ReadTx& tx, const std::string& key) {
  return tx.first(kSharedBy, [](SessionId id) { return id; }, key);
}

std::vector<SessionId> overIn(ReadTx& tx, RegionCode region, Instant at, int limit, int offset) {
  return tx.all(kOverIn, [](SessionId id) { return id; }, region, at, limit, offset);
}

void takeTurn(WriteTx& tx) { tx.run(kTakeTurn); }

std::vector<SessionId> uncounted(ReadTx& tx, Instant at, int limit) {
  return tx.all(kUncounted, [](SessionId id) { return id; }, at, limit);
}
void markCounted(WriteTx& tx, SessionId session) { tx.run(kMarkCounted, session, tx.time()); }
void markWithdrawn(WriteTx& tx, SessionId session) { tx.run(kMarkWithdrawn, session, tx.time()); }

void insertPart(WriteTx& tx, DeckId deck, RegionCode region, const NeedPart& part) {
  tx.run(kInsertPart, part.session, deck, part.trend, region, part.sector, part.people, part.points);
}

std::vector<NeedPart> waitingParts(ReadTx& tx, DeckId deck, RegionCode region, std::int64_t trend) {
  return tx.all(
      kWaiting,
      [&](std::int64_t id, SessionId session, std::optional<Sector> sector, std::int64_t people, std::int64_t points) {
        return NeedPart{id, session, trend, sector, people, points};
      },
      deck, region, trend);
}

void insertBatch(WriteTx& tx, DeckId deck, RegionCode region, const NeedBatch& batch) {
  const auto id = tx.insert<std::int64_t>(kInsertBatch, deck, batch.parts.front().trend, region, batch.sector,
                                          batch.people(), batch.points(), tx.time());
  for (const NeedPart& part : batch.parts) tx.run(kIntoBatch, id, part.id);
}

void removeBatchesOf(WriteTx& tx, SessionId session) {
  for (const std::int64_t batch : tx.all(kBatchesOfSession, [](std::int64_t id) { return id; }, session)) {
    tx.run(kDropBatch, batch);
    tx.run(kRemoveBatch, batch);
  }
  tx.run(kDropSession, session);
}

std::vector<CountedBatch> countedBatches(ReadTx& tx, DeckId deck) {
  return tx.all(
      kCounted,
      [](std::int64_t trend, RegionCode region, std::optional<Sector> sector, std::int64_t people,
         std::int64_t points, Instant at) {
        return CountedBatch{trend, region, sector, people, points, Date::of(at)};
      },
      deck);
}

std::vector<DeckId> countedDecks(ReadTx& tx) {
  return tx.all(kCountedDecks, [](DeckId id) { return id; });
}

}  // namespace toimela::trendcards::store
