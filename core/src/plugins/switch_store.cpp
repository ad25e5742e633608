// Where the two tiers are kept. Every change of them happens under one lock, so that two
// administrators can not together make what neither of them may: a plugin that is on without what
// it needs.
#include <nlohmann/json.hpp>

#include "plugins/declarations.h"
#include "plugins/tiers.h"
#include "search/change_log.h"
#include "toimela/search.h"

namespace toimela::plugins {

namespace {

constexpr Sql kRegions{"core.switch.regions", "SELECT code FROM core_region ORDER BY code"};
constexpr Sql kNational{"core.switch.national",
                        "SELECT name, availability, locked FROM core_plugin"};
constexpr Sql kRegional{"core.switch.regional",
                        "SELECT plugin, region, enabled FROM core_plugin_region"};
constexpr Sql kSetNational{
    "core.switch.set_national",
    "INSERT INTO core_plugin (name, availability, locked) VALUES (:name, :availability, :locked) "
    "ON CONFLICT (name) DO UPDATE SET availability = excluded.availability, "
    "locked = excluded.locked"};
constexpr Sql kSetRegional{
    "core.switch.set_regional",
    "INSERT INTO core_plugin_region (plugin, region, enabled) VALUES (:plugin, :region, :enabled) "
    "ON CONFLICT (plugin, region) DO UPDATE SET enabled = excluded.enabled"};
constexpr Sql kActive{"core.switch.active", "SELECT plugin, region FROM core_plugin_active"};
constexpr Sql kAddActive{
    "core.switch.add_active",
    "INSERT INTO core_plugin_active (plugin, region) VALUES (:plugin, :region)"};
constexpr Sql kRemoveActive{
    "core.switch.remove_active",
    "DELETE FROM core_plugin_active WHERE plugin = :plugin AND region = :region"};

/// Returns the number of rows that changed.
int rewriteActive(WriteTx& tx, const std::vector<Plugin>& plugins, const Tiers& tiers) {
  const SwitchTable table(plugins, tiers);
  std::set<std::pair<std::string, std::string>> wanted, present;
  for (const Plugin& plugin : plugins)
    for (RegionCode region : table.activeRegions(plugin.name))
      if (plugin.name != kCore) wanted.emplace(plugin.name, region.text());
  tx.each(kActive, [&](std::string plugin, std::string region) {
    present.emplace(std::move(plugin), std::move(region));
  });
  int changed = 0;
  std::set<std::string> switched;
  for (const auto& [plugin, region] : present)
    if (!wanted.contains({plugin, region}) && tx.run(kRemoveActive, plugin, region) > 0) {
      ++changed;
      switched.insert(plugin);
    }
  for (const auto& [plugin, region] : wanted)
    if (!present.contains({plugin, region}) && tx.run(kAddActive, plugin, region) > 0) {
      ++changed;
      switched.insert(plugin);
    }
  // What is found of a thing may stand in several regions, as the places of a person do.
  for (const auto& plugin : switched) search::changedAll(tx, std::string(search::kPluginPrefix) + plugin);
  return changed;
}

}  // namespace

Tiers loadTiers(ReadTx& tx) {
  Tiers tiers;
  tiers.regions = tx.all(kRegions, [](RegionCode region) { return region; });
  tx.each(kNational, [&](std::string name, std::string availability, bool locked) {
    // An availability that this program does not know is the safe one.
    tiers.national[name] = {parseAvailability(availability).value_or(Availability::unavailable),
                            locked};
  });
  tx.each(kRegional, [&](std::string plugin, std::string region, bool enabled) {
    tiers.regional[{std::move(plugin), std::move(region)}] = enabled;
  });
  return tiers;
}

/// Writing the core's own row first makes every other switch wait for this one's commit.
Tiers lockTiers(WriteTx& tx) {
  tx.run(kSetNational, kCore, code(Availability::alwaysOn), true);
  return loadTiers(tx);
}

SwitchTable loadSwitches(ReadTx& tx, const std::vector<Plugin>& plugins) {
  return SwitchTable(plugins, loadTiers(tx));
}

SwitchResult setNational(WriteTx& tx, const std::vector<Plugin>& plugins, std::string_view plugin,
                         NationalSwitch wish) {
  Tiers tiers = lockTiers(tx);
  SwitchResult result = judgeNational(plugins, tiers, plugin, wish);
  const std::string name(plugin);
  const NationalSwitch before = tiers.national[name];
  if (result.outcome != SwitchOutcome::done || before == wish) {
    tx.unaudited("nothing was switched");
    return result;
  }
  tiers.national[name] = wish;
  tx.run(kSetNational, name, code(wish.availability), wish.locked);
  rewriteActive(tx, plugins, tiers);
  tx.audit({.action = "core.plugin.switch",
            .object = "plugin:" + name,
            .detail = nlohmann::json{{"availability", code(wish.availability)},
                                     {"locked", wish.locked},
                                     {"before", code(before.availability)},
                                     {"locked_before", before.locked}}
                          .dump()});
  return result;
}

SwitchResult setRegional(WriteTx& tx, const std::vector<Plugin>& plugins, std::string_view plugin,
                         RegionCode region, bool enabled) {
  Tiers tiers = lockTiers(tx);
  SwitchResult result = judgeRegional(plugins, tiers, plugin, region, enabled);
  const std::pair key{std::string(plugin), region.text()};
  auto chosen = tiers.regional.find(key);
  if (result.outcome != SwitchOutcome::done ||
      (chosen != tiers.regional.end() && chosen->second == enabled)) {
    tx.unaudited("nothing was switched");
    return result;
  }
  tiers.regional[key] = enabled;
  tx.run(kSetRegional, plugin, region, enabled);
  rewriteActive(tx, plugins, tiers);
  tx.audit({.action = "core.plugin.region_switch",
            .object = "plugin:" + key.first,
            .region = region,
            .detail = nlohmann::json{{"enabled", enabled}}.dump()});
  return result;
}

void refreshActive(WriteTx& tx, const std::vector<Plugin>& plugins) {
  const Tiers tiers = lockTiers(tx);
  if (int changed = rewriteActive(tx, plugins, tiers))
    tx.audit({.action = "core.plugin.refresh",
              .object = "plugin:all",
              .detail = nlohmann::json{{"changed", changed}}.dump()});
  else
    tx.unaudited("the plugins are where they were");
}

}  // namespace toimela::plugins
