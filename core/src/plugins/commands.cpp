// The commands that do on the server what the administration pages do.
#include <algorithm>
#include <functional>
#include <iomanip>
#include <iostream>

#include "host/core_host.h"
#include "plugins/declarations.h"
#include "plugins/handlers.h"
#include "plugins/switches.h"
#include "toimela/arguments.h"

namespace toimela::plugins {

namespace {

using Words = std::vector<std::string>;

constexpr int kDone = 0, kCouldNot = 1, kWrongUse = 2;

/// Commands speak English, to whoever runs the server.
int tell(const SwitchResult& result, const std::string& plugin) {
  switch (result.outcome) {
    case SwitchOutcome::done: std::cout << plugin << ": done\n"; return kDone;
    case SwitchOutcome::unknownPlugin: std::cerr << plugin << ": no such plugin\n"; break;
    case SwitchOutcome::locked: std::cerr << plugin << ": locked for the whole country\n"; break;
    case SwitchOutcome::notAvailable: std::cerr << plugin << ": not available to regions\n"; break;
    case SwitchOutcome::alwaysOn: std::cerr << plugin << ": always on\n"; break;
    case SwitchOutcome::neededBy:
      std::cerr << plugin << ": needed by " << result.other << ", which is on\n";
      break;
    case SwitchOutcome::needs:
      std::cerr << plugin << ": needs " << result.other << ", which is off\n";
      break;
  }
  return kCouldNot;
}

/// The region of a slug; says so when there is none.
const Region* regionNamed(Host& host, const std::string& slug) {
  const Region* region = host.region(std::string_view(slug));
  if (!region) std::cerr << slug << ": no such region\n";
  return region;
}

int list(Host& host, const Words& words) {
  Arguments arguments(words);
  const auto slug = arguments.option("--region");
  if (!arguments.rest().empty()) return kWrongUse;
  const Region* region = slug ? regionNamed(host, *slug) : nullptr;
  if (slug && !region) return kCouldNot;
  const auto& plugins = core(host).contributions().plugins;
  const SwitchTable table = host.read([&](ReadTx& tx) { return loadSwitches(tx, plugins); });
  for (const Plugin& plugin : plugins) {
    if (plugin.name == kCore) continue;
    const NationalSwitch national = table.national(plugin.name);
    std::cout << std::left << std::setw(24) << plugin.name << std::setw(12) << plugin.version
              << std::setw(12) << code(national.availability) << (national.locked ? "  locked" : "")
              << "  ";
    if (region)
      std::cout << (table.active(plugin.name, region->code) ? "on" : "off");
    else
      std::cout << table.activeRegions(plugin.name).size() << "/" << host.regions().size()
                << " regions";
    if (!plugin.usable()) std::cout << "  BROKEN: " << plugin.problem;
    std::cout << '\n';
  }
  return kDone;
}

int setInNation(Host& host, const std::string& plugin,
                const std::function<NationalSwitch(NationalSwitch)>& wish) {
  const auto& plugins = core(host).contributions().plugins;
  return tell(host.writeAs(std::nullopt,
                           [&](WriteTx& tx) {
                             const auto stored = loadSwitches(tx, plugins).national(plugin);
                             return setNational(tx, plugins, plugin, wish(stored));
                           }),
              plugin);
}

int set(Host& host, const Words& words) {
  Arguments arguments(words);
  const bool lock = arguments.flag("--lock"), unlock = arguments.flag("--unlock");
  if (arguments.rest().size() != 2 || (lock && unlock)) return kWrongUse;
  const auto availability = parseAvailability(arguments.rest()[1]);
  if (!availability) {
    std::cerr << "Availability is unavailable, available, default_on or always_on.\n";
    return kWrongUse;
  }
  return setInNation(host, arguments.rest()[0], [&](NationalSwitch stored) {
    return NationalSwitch{*availability, lock || (stored.locked && !unlock)};
  });
}

/// For the country, "on" means on where no region has chosen otherwise; what a lock or a stronger
/// availability says stays.
NationalSwitch wished(NationalSwitch stored, bool enabled) {
  if (!enabled) stored.availability = Availability::unavailable;
  else if (stored.availability != Availability::alwaysOn)
    stored.availability = Availability::defaultOn;
  return stored;
}

int switchPlugin(Host& host, const Words& words, bool enabled) {
  Arguments arguments(words);
  const auto slug = arguments.option("--region");
  if (arguments.rest().size() != 1 || arguments.rest()[0].starts_with("--")) return kWrongUse;
  const std::string& plugin = arguments.rest()[0];
  if (!slug)
    return setInNation(host, plugin, [&](NationalSwitch stored) { return wished(stored, enabled); });
  const Region* region = regionNamed(host, *slug);
  if (!region) return kCouldNot;
  return tell(host.writeAs(std::nullopt,
                           [&](WriteTx& tx) {
                             return setRegional(tx, core(host).contributions().plugins, plugin,
                                                region->code, enabled);
                           }),
              plugin);
}

}  // namespace

std::vector<Command> pluginCommands() {
  return {
      {"plugin list", "[--region SLUG]", "list the plugins and where they are on", list},
      {"plugin set", "NAME AVAILABILITY [--lock|--unlock]",
       "set a plugin's availability in the whole country", set},
      {"plugin enable", "NAME [--region SLUG]",
       "switch a plugin on in a region, or in every region that has not chosen otherwise",
       [](Host& host, const Words& words) { return switchPlugin(host, words, true); }},
      {"plugin disable", "NAME [--region SLUG]",
       "switch a plugin off in a region, or in the whole country",
       [](Host& host, const Words& words) { return switchPlugin(host, words, false); }},
  };
}

}  // namespace toimela::plugins
