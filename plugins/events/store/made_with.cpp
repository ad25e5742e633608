#include "store/made_with.h"

namespace toimela::events::store {

namespace {

constexpr Sql kFind{"events.made_with.find", "SELECT event_id, session_id FROM events_made_with WHERE key = :key"};
constexpr Sql kNote{"events.made_with.note",
                    "INSERT INTO events_made_with (key, event_id, session_id) "
                    "VALUES (:key, :event, CAST(:session AS BIGINT)) ON CONFLICT (key) DO NOTHING"};

}  // namespace

std::optional<Made> madeWith(ReadTx& tx, const std::string& key) {
  return tx.first(
      kFind, [](EventId event, std::optional<SessionId> session) { return Made{event, session}; }, key);
}

bool noteMadeWith(WriteTx& tx, const std::string& key, const Made& made) {
  return tx.run(kNote, key, made.event, made.session) == 1;
}

}  // namespace toimela::events::store
