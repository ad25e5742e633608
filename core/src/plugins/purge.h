// Emptying what a plugin holds, for good.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/contributions.h"
#include "toimela/data.h"

namespace toimela::plugins {

struct OwnedTable {
  std::string name;
  std::int64_t rows = 0;
};

/// The plugin's tables with their rows, those that refer to others before those referred to. The
/// table that counts its migrations is not among them: the tables themselves stay.
std::vector<OwnedTable> ownedTables(ReadTx& tx, std::string_view plugin);

enum class PurgeOutcome { done, unknownPlugin, stillAvailable };

/// Deletes every row of the plugin's tables and what the core keeps for it: regions' choices,
/// settings, changed permissions. Its national switch stays (it says that the plugin is not
/// available), and so does the audit log. Throws DatabaseError when another plugin's rows refer to
/// the plugin's; nothing was deleted then.
PurgeOutcome purge(WriteTx& tx, const std::vector<Plugin>& plugins, std::string_view plugin);

}  // namespace toimela::plugins
