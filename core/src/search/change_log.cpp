#include "search/change_log.h"

#include "access/passwords.h"
#include "toimela/bookkeeping.h"
#include "toimela/search.h"

namespace toimela::search {

namespace {

// PostgreSQL numbers rows before they are committed. In the order of (transaction, number), and
// behind the oldest transaction that still runs, nothing can come in between any more.
constexpr Sql kAdd{"search.change.add",
                   "INSERT INTO core_search_change (writer, kind, object, changed_at) "
                   "VALUES (0, :kind, :object, :at)",
                   "INSERT INTO core_search_change (writer, kind, object, changed_at) "
                   "VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), :kind, :object, :at)"};

#define SETTLED "writer < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)"
constexpr Sql kAfter{
    "search.change.after",
    "SELECT writer, id, kind, object FROM core_search_change WHERE (writer, id) > (:writer, :row) "
    "ORDER BY writer, id LIMIT :limit",
    "SELECT writer, id, kind, object FROM core_search_change WHERE (writer, id) > (:writer, :row) "
    "AND " SETTLED " ORDER BY writer, id LIMIT :limit"};
constexpr Sql kEnd{"search.change.end",
                   "SELECT writer, id FROM core_search_change ORDER BY writer DESC, id DESC LIMIT 1",
                   "SELECT writer, id FROM core_search_change WHERE " SETTLED
                   " ORDER BY writer DESC, id DESC LIMIT 1"};
constexpr Sql kUnsettled{"search.change.unsettled", "SELECT CAST(0 AS BIGINT)",
                         "SELECT CAST(COUNT(*) AS BIGINT) FROM core_search_change WHERE NOT (" SETTLED ")"};
#undef SETTLED

constexpr Sql kState{"search.state",
                     "SELECT lineage, trimmed_writer, trimmed_row FROM core_search_state WHERE id = 1"};
constexpr Sql kMakeState{"search.state.make",
                         "INSERT INTO core_search_state (id, lineage, trimmed_writer, trimmed_row) "
                         "VALUES (1, :lineage, 0, 0) ON CONFLICT (id) DO NOTHING"};
constexpr Sql kOldest{"search.change.last_before",
                      "SELECT writer, id FROM core_search_change WHERE changed_at < :before "
                      "ORDER BY writer DESC, id DESC LIMIT 1"};
constexpr Sql kTrim{"search.change.trim",
                    "DELETE FROM core_search_change WHERE (writer, id) <= (:writer, :row)"};
constexpr Sql kTrimmed{"search.state.trimmed",
                       "UPDATE core_search_state SET trimmed_writer = :writer, trimmed_row = :row WHERE id = 1"};

constexpr int kLineageBytes = 16;

Position positionOf(std::int64_t writer, std::int64_t row) { return {writer, row}; }

}  // namespace

void changed(WriteTx& tx, std::string_view kind, std::int64_t id) { tx.run(kAdd, kind, id, tx.time()); }
void changedAll(WriteTx& tx, std::string_view kind) { tx.run(kAdd, kind, 0, tx.time()); }

void prepareLog(WriteTx& tx) {
  tx.run(kMakeState, access::randomToken(kLineageBytes));
  bookkeeping(tx, "the name of a database for its indexes");
}

LogState logState(ReadTx& tx) {
  auto state = tx.first(kState, [](std::string lineage, std::int64_t writer, std::int64_t row) {
    return LogState{std::move(lineage), {writer, row}, {}};
  });
  if (!state) throw DatabaseError("search.state: no row");
  state->end = tx.first(kEnd, positionOf).value_or(state->trimmed);
  return std::move(*state);
}

std::vector<Change> changesAfter(ReadTx& tx, Position position, int limit) {
  return tx.all(
      kAfter,
      [](std::int64_t writer, std::int64_t row, std::string kind, std::int64_t id) {
        return Change{{writer, row}, std::move(kind), id};
      },
      position.transaction, position.row, limit);
}

bool isSettled(ReadTx& tx) { return tx.value<std::int64_t>(kUnsettled) == 0; }

void trimLog(WriteTx& tx, Instant before) {
  bookkeeping(tx, "changes that every index has");
  const auto last = tx.first(kOldest, positionOf, before);
  if (!last) return;
  tx.run(kTrim, last->transaction, last->row);
  tx.run(kTrimmed, last->transaction, last->row);
}

}  // namespace toimela::search
