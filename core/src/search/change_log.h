// What has changed since when: the only place with SQL on the change log of the search.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/index.h"
#include "toimela/data.h"

namespace toimela::search {

/// A thing that changed; id 0 stands for everything of the kind.
struct Change {
  Position position;
  std::string kind;
  std::int64_t id = 0;
};

/// In front of a plugin's name it makes a kind that stands for all kinds of the plugin.
inline constexpr std::string_view kPluginPrefix = "plugin:";

/// The change log and the database that it belongs to.
struct LogState {
  std::string lineage;  ///< another one after the database was restored from a backup
  Position trimmed;     ///< everything up to here is no longer in the log
  Position end;         ///< everything up to here can be read now
};

/// Makes the lineage when there is none.
void prepareLog(WriteTx& tx);
LogState logState(ReadTx& tx);
/// At most `limit` changes behind the position that are committed, in order. Rows of transactions
/// that are still running come later and stand later: none is passed over.
std::vector<Change> changesAfter(ReadTx& tx, Position position, int limit);
/// Nothing that is committed waits for a transaction that still runs.
bool isSettled(ReadTx& tx);
/// Removes what is older than `before` from the log.
void trimLog(WriteTx& tx, Instant before);

}  // namespace toimela::search
