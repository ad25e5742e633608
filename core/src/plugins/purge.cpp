#include "plugins/purge.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "plugins/declarations.h"
#include "plugins/switches.h"

namespace toimela::plugins {

namespace {

/// Tables that hold rows of their own; SQLite's shadow tables belong to the virtual ones.
constexpr Sql kTables{"core.purge.tables",
                      "SELECT name FROM pragma_table_list "
                      "WHERE schema = 'main' AND type IN ('table', 'virtual') ORDER BY name",
                      "SELECT CAST(tablename AS TEXT) FROM pg_tables "
                      "WHERE schemaname = current_schema() ORDER BY tablename"};

constexpr Sql kReferences{
    "core.purge.references",
    "SELECT m.name, f.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f "
    "WHERE m.type = 'table'",
    "SELECT CAST(child.relname AS TEXT), CAST(parent.relname AS TEXT) FROM pg_constraint c "
    "JOIN pg_class child ON child.oid = c.conrelid "
    "JOIN pg_class parent ON parent.oid = c.confrelid "
    "JOIN pg_namespace n ON n.oid = child.relnamespace "
    "WHERE c.contype = 'f' AND n.nspname = current_schema()"};

constexpr Sql kForgetRegions{"core.purge.regions",
                             "DELETE FROM core_plugin_region WHERE plugin = :plugin"};
constexpr Sql kForgetSettings{"core.purge.settings",
                              "DELETE FROM core_region_setting WHERE plugin = :plugin"};
constexpr Sql kForgetWords{"core.purge.words",
                           "DELETE FROM core_word WHERE SUBSTR(kind, 1, CAST(:length AS INTEGER)) = :prefix"};
constexpr Sql kForgetNames{"core.purge.names",
                           "DELETE FROM core_name WHERE SUBSTR(kind, 1, CAST(:length AS INTEGER)) = :prefix"};
constexpr Sql kForgetPermissions{
    "core.purge.permissions",
    "DELETE FROM core_permission_role "
    "WHERE SUBSTR(permission, 1, CAST(:length AS INTEGER)) = :prefix"};

constexpr std::string_view kVersionTable = "_migration";

/// A statement on a table whose name is known only now. One name is always the same text.
struct TableStatement {
  TableStatement(std::string_view what, std::string_view verb, const std::string& table)
      : name("core.purge." + std::string(what) + "." + table),
        text(std::string(verb) + " \"" + table + "\"") {}
  Sql sql() const { return {name, text}; }
  std::string name, text;
};

/// The plugin's own tables. "events_seat_map" is of the plugin "events_seat" when there is one,
/// which the table of its migrations tells even when it is not installed any more.
std::set<std::string> tableNames(ReadTx& tx, std::string_view plugin) {
  const std::vector<std::string> all = tx.all(kTables, [](std::string name) { return name; });
  const std::string prefix = std::string(plugin) + "_";
  std::vector<std::string> othersPrefixes;
  for (const std::string& name : all)
    if (name.starts_with(prefix) && name.ends_with(kVersionTable) &&
        name.size() > prefix.size() + kVersionTable.size())
      othersPrefixes.push_back(name.substr(0, name.size() - kVersionTable.size()) + "_");
  std::set<std::string> names;
  for (const std::string& name : all) {
    const bool isOthers =
        std::any_of(othersPrefixes.begin(), othersPrefixes.end(),
                    [&](const std::string& others) { return name.starts_with(others); });
    if (name.starts_with(prefix) && !isOthers && name.find('"') == std::string::npos &&
        name != std::string(plugin) + std::string(kVersionTable))
      names.insert(name);
  }
  return names;
}

/// Those that refer to others first. Tables in a circle of references come last, in no order.
std::vector<std::string> inDeletionOrder(ReadTx& tx, std::set<std::string> names) {
  std::map<std::string, std::set<std::string>> referredBy;
  tx.each(kReferences, [&](std::string child, std::string parent) {
    if (child != parent && names.contains(child) && names.contains(parent))
      referredBy[parent].insert(child);
  });
  std::vector<std::string> order;
  while (!names.empty()) {
    auto free = std::find_if(names.begin(), names.end(),
                             [&](const std::string& name) { return referredBy[name].empty(); });
    if (free == names.end()) free = names.begin();
    for (auto& [parent, children] : referredBy) children.erase(*free);
    order.push_back(*free);
    names.erase(free);
  }
  return order;
}

}  // namespace

std::vector<OwnedTable> ownedTables(ReadTx& tx, std::string_view plugin) {
  std::vector<OwnedTable> tables;
  for (const std::string& name : inDeletionOrder(tx, tableNames(tx, plugin))) {
    const TableStatement count("count", "SELECT COUNT(*) FROM", name);
    tables.push_back({name, tx.value<std::int64_t>(count.sql())});
  }
  return tables;
}

PurgeOutcome purge(WriteTx& tx, const std::vector<Plugin>& plugins, std::string_view plugin) {
  const bool known = plugin != kCore &&
                     std::any_of(plugins.begin(), plugins.end(),
                                 [&](const Plugin& each) { return each.name == plugin; });
  const auto outcome =
      !known ? PurgeOutcome::unknownPlugin
      : loadSwitches(tx, plugins).national(plugin).availability != Availability::unavailable
          ? PurgeOutcome::stillAvailable
          : PurgeOutcome::done;
  if (outcome != PurgeOutcome::done) {
    tx.unaudited("nothing was deleted");
    return outcome;
  }

  nlohmann::json deleted = nlohmann::json::object();
  for (const std::string& name : inDeletionOrder(tx, tableNames(tx, plugin))) {
    const TableStatement empty("empty", "DELETE FROM", name);
    deleted[name] = tx.run(empty.sql());
  }
  const std::string prefix = std::string(plugin) + ".";
  tx.run(kForgetRegions, plugin);
  tx.run(kForgetSettings, plugin);
  tx.run(kForgetPermissions, prefix.size(), prefix);
  tx.run(kForgetWords, prefix.size(), prefix);
  tx.run(kForgetNames, prefix.size(), prefix);
  tx.audit({.action = "core.plugin.purge",
            .object = "plugin:" + std::string(plugin),
            .detail = nlohmann::json{{"rows", std::move(deleted)}}.dump()});
  return outcome;
}

}  // namespace toimela::plugins
