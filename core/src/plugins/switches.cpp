#include "plugins/switches.h"

#include <algorithm>
#include <array>

#include "plugins/declarations.h"

namespace toimela::plugins {

namespace {

constexpr std::array<std::pair<Availability, std::string_view>, 4> kAvailabilities{{
    {Availability::unavailable, "unavailable"},
    {Availability::available, "available"},
    {Availability::defaultOn, "default_on"},
    {Availability::alwaysOn, "always_on"},
}};

const Plugin* findPlugin(const std::vector<Plugin>& plugins, std::string_view name) {
  if (name == kCore) return nullptr;
  auto found = std::find_if(plugins.begin(), plugins.end(),
                            [&](const Plugin& plugin) { return plugin.name == name; });
  return found == plugins.end() ? nullptr : &*found;
}

/// The plugin that would lose a place where it is on, if any.
const Plugin* loserOf(const std::vector<Plugin>& plugins, std::string_view switched,
                      const SwitchTable& before, const SwitchTable& after) {
  for (const Plugin& plugin : plugins) {
    if (plugin.name == switched || plugin.name == kCore) continue;
    if (before.active(plugin.name, std::nullopt) && !after.active(plugin.name, std::nullopt))
      return &plugin;
    for (RegionCode region : before.activeRegions(plugin.name))
      if (!after.active(plugin.name, region)) return &plugin;
  }
  return nullptr;
}

/// The dependency of `plugin` that is off at the place, if any.
std::optional<std::string> lackOf(const Plugin& plugin, const SwitchTable& table,
                                  std::optional<RegionCode> region) {
  for (const std::string& dependency : plugin.dependencies)
    if (!table.active(dependency, region)) return dependency;
  return std::nullopt;
}

}  // namespace

std::string_view code(Availability availability) {
  return kAvailabilities[static_cast<std::size_t>(availability)].second;
}

std::optional<Availability> parseAvailability(std::string_view text) {
  for (const auto& [availability, name] : kAvailabilities)
    if (name == text) return availability;
  return std::nullopt;
}

SwitchTable::SwitchTable(const std::vector<Plugin>& plugins, const Tiers& tiers)
    : SwitchTable(plugins, tiers.national, tiers.regional, tiers.regions) {}

SwitchTable::SwitchTable(const std::vector<Plugin>& plugins,
                         std::map<std::string, NationalSwitch> national,
                         std::map<std::pair<std::string, std::string>, bool> regional,
                         const std::vector<RegionCode>& regions)
    : national_(national.begin(), national.end()), regional_(std::move(regional)) {
  available_.emplace(kCore);
  on_.emplace(std::string(kCore), std::set<RegionCode>(regions.begin(), regions.end()));
  std::set<std::string> visited{std::string(kCore)};
  for (const Plugin& plugin : plugins) work(plugin, plugins, regions, visited);
}

void SwitchTable::work(const Plugin& plugin, const std::vector<Plugin>& plugins,
                       const std::vector<RegionCode>& regions, std::set<std::string>& visited) {
  if (!visited.insert(plugin.name).second) return;
  for (const std::string& dependency : plugin.dependencies)
    if (const Plugin* other = findPlugin(plugins, dependency))
      work(*other, plugins, regions, visited);

  auto dependenciesAt = [&](std::optional<RegionCode> region) {
    return std::all_of(plugin.dependencies.begin(), plugin.dependencies.end(),
                       [&](const std::string& dependency) { return active(dependency, region); });
  };
  if (!plugin.usable() || this->national(plugin.name).availability == Availability::unavailable ||
      !dependenciesAt(std::nullopt))
    return;
  available_.insert(plugin.name);
  for (RegionCode region : regions)
    if (wanted(plugin.name, region) && dependenciesAt(region)) on_[plugin.name].insert(region);
}

bool SwitchTable::wanted(std::string_view plugin, RegionCode region) const {
  switch (national(plugin).availability) {
    case Availability::unavailable: return false;
    case Availability::available: return regional(plugin, region).value_or(false);
    case Availability::defaultOn: return regional(plugin, region).value_or(true);
    case Availability::alwaysOn: return true;
  }
  return false;
}

bool SwitchTable::active(std::string_view plugin, std::optional<RegionCode> region) const {
  if (plugin == kCore) return true;
  if (!region) return available_.contains(plugin);
  auto found = on_.find(plugin);
  return found != on_.end() && found->second.contains(*region);
}

std::vector<RegionCode> SwitchTable::activeRegions(std::string_view plugin) const {
  auto found = on_.find(plugin);
  if (found == on_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

NationalSwitch SwitchTable::national(std::string_view plugin) const {
  auto found = national_.find(plugin);
  return found == national_.end() ? NationalSwitch{} : found->second;
}

std::optional<bool> SwitchTable::regional(std::string_view plugin, RegionCode region) const {
  auto found = regional_.find({std::string(plugin), region.text()});
  return found == regional_.end() ? std::nullopt : std::optional<bool>{found->second};
}

SwitchResult judgeNational(const std::vector<Plugin>& plugins, const Tiers& tiers,
                           std::string_view name, NationalSwitch wish) {
  const Plugin* plugin = findPlugin(plugins, name);
  if (!plugin) return {SwitchOutcome::unknownPlugin, {}};
  Tiers wished = tiers;
  wished.national[plugin->name] = wish;
  const SwitchTable before(plugins, tiers), after(plugins, wished);

  if (wish.availability != Availability::unavailable)
    if (auto lack = lackOf(*plugin, after, std::nullopt)) return {SwitchOutcome::needs, *lack};
  if (wish.availability == Availability::alwaysOn)
    for (RegionCode region : tiers.regions)
      if (auto lack = lackOf(*plugin, after, region)) return {SwitchOutcome::needs, *lack};
  if (const Plugin* loser = loserOf(plugins, name, before, after))
    return {SwitchOutcome::neededBy, loser->name};
  return {};
}

SwitchResult judgeRegional(const std::vector<Plugin>& plugins, const Tiers& tiers,
                           std::string_view name, RegionCode region, bool enabled) {
  const Plugin* plugin = findPlugin(plugins, name);
  if (!plugin) return {SwitchOutcome::unknownPlugin, {}};
  const SwitchTable before(plugins, tiers);
  const NationalSwitch national = before.national(name);
  if (!plugin->usable() || national.availability == Availability::unavailable)
    return {SwitchOutcome::notAvailable, {}};
  if (national.availability == Availability::alwaysOn) return {SwitchOutcome::alwaysOn, {}};
  if (national.locked) return {SwitchOutcome::locked, {}};

  Tiers wished = tiers;
  wished.regional[{plugin->name, region.text()}] = enabled;
  const SwitchTable after(plugins, wished);
  if (enabled)
    if (auto lack = lackOf(*plugin, after, region)) return {SwitchOutcome::needs, *lack};
  if (const Plugin* loser = loserOf(plugins, name, before, after))
    return {SwitchOutcome::neededBy, loser->name};
  return {};
}

}  // namespace toimela::plugins
