// What the doctor asks of the database: the only place with its SQL.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/connection.h"
#include "toimela/data.h"

namespace toimela::doctor {

struct OutboxState {
  std::int64_t waiting = 0;       ///< not sent and not given up
  std::optional<Instant> oldest;  ///< of them
  std::int64_t failed = 0;        ///< given up since `since`
};
OutboxState outboxState(ReadTx& tx, Instant since);

/// When the last thing happened that the audit log knows of.
std::optional<Instant> lastAudit(ReadTx& tx);

/// PostgreSQL: the server's clock.
Instant databaseTime(ReadTx& tx);

/// What keeps a commit on disk: SQLite's journal_mode and synchronous, PostgreSQL's fsync,
/// full_page_writes and synchronous_commit; as name and value.
std::vector<std::pair<std::string, std::string>> durability(data::Connection& connection);

/// SQLite: the first thing that is wrong with the file's structure, or nothing.
std::optional<std::string> damage(data::Connection& connection);

}  // namespace toimela::doctor
