#include "store/places.h"

#include <string>

namespace toimela::events::store {

namespace {

using Kind = PoolKey::Kind;

constexpr Sql kLoad{"events.pool.of_event",
                    "SELECT kind, key, capacity, taken FROM events_pool WHERE event_id = :event"};
constexpr Sql kSave{"events.pool.save",
                    "INSERT INTO events_pool (event_id, kind, key, capacity, taken) "
                    "VALUES (:event, :kind, :key, :capacity, :taken) "
                    "ON CONFLICT (event_id, kind, key) DO UPDATE SET capacity = excluded.capacity, "
                    "taken = excluded.taken"};

std::string_view code(Kind kind) {
  switch (kind) {
    case Kind::event: return "event";
    case Kind::session: return "session";
    case Kind::quota: return "quota";
    case Kind::organisation: return "organisation";
  }
  return "";
}

Kind parseKind(std::string_view text) {
  for (const Kind kind : {Kind::event, Kind::session, Kind::quota, Kind::organisation})
    if (code(kind) == text) return kind;
  throw DatabaseError("a stored kind of pool is unknown");
}

}  // namespace

Places loadPlaces(ReadTx& tx, EventId event) {
  std::map<PoolKey, Pool> pools;
  tx.each(
      kLoad,
      [&](std::string kind, std::int64_t key, std::optional<std::int64_t> capacity,
          std::int64_t taken) {
        pools.emplace(PoolKey{parseKind(kind), key}, Pool{capacity, taken});
      },
      event);
  return Places(std::move(pools));
}

void savePlaces(WriteTx& tx, EventId event, const Places& places) {
  for (const auto& [key, pool] : places.changed())
    tx.run(kSave, event, code(key.kind), key.key, pool.capacity, pool.taken);
}

}  // namespace toimela::events::store
