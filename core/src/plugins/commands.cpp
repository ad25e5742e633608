// The commands that do on the server what the administration pages do.
#include <algorithm>
#include <iomanip>
#include <iostream>

#include "host/core_host.h"
#include "plugins/declarations.h"
#include "plugins/handlers.h"
#include "plugins/switches.h"

namespace toimela::plugins {

namespace {

using Arguments = std::vector<std::string>;

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

int list(Host& host, const Arguments& arguments) {
  if (!arguments.empty()) return kWrongUse;
  const auto& plugins = core(host).contributions().plugins;
  const SwitchTable table = host.read([&](ReadTx& tx) { return loadSwitches(tx, plugins); });
  for (const Plugin& plugin : plugins) {
    if (plugin.name == kCore) continue;
    const NationalSwitch national = table.national(plugin.name);
    std::cout << std::left << std::setw(24) << plugin.name << std::setw(12) << plugin.version
              << std::setw(12) << code(national.availability) << (national.locked ? "  locked" : "")
              << "  " << table.activeRegions(plugin.name).size() << "/" << host.regions().size()
              << " regions";
    if (!plugin.usable()) std::cout << "  BROKEN: " << plugin.problem;
    std::cout << '\n';
  }
  return kDone;
}

int set(Host& host, const Arguments& arguments) {
  if (arguments.size() < 2 || arguments.size() > 3) return kWrongUse;
  const auto availability = parseAvailability(arguments[1]);
  const std::string lock = arguments.size() == 3 ? arguments[2] : "";
  if (!availability || (!lock.empty() && lock != "--lock" && lock != "--unlock")) {
    std::cerr << "usage: plugin set NAME unavailable|available|default_on|always_on "
                 "[--lock|--unlock]\n";
    return kWrongUse;
  }
  const auto& plugins = core(host).contributions().plugins;
  const SwitchResult result = host.writeAs(std::nullopt, [&](WriteTx& tx) {
    const bool locked = loadSwitches(tx, plugins).national(arguments[0]).locked;
    return setNational(tx, plugins, arguments[0],
                       {*availability, lock.empty() ? locked : lock == "--lock"});
  });
  return tell(result, arguments[0]);
}

int switchInRegion(Host& host, const Arguments& arguments, bool enabled) {
  if (arguments.size() != 3 || arguments[1] != "--region") {
    std::cerr << "usage: plugin " << (enabled ? "enable" : "disable") << " NAME --region SLUG\n";
    return kWrongUse;
  }
  const Region* region = host.region(std::string_view(arguments[2]));
  if (!region) {
    std::cerr << arguments[2] << ": no such region\n";
    return kCouldNot;
  }
  const SwitchResult result = host.writeAs(std::nullopt, [&](WriteTx& tx) {
    return setRegional(tx, core(host).contributions().plugins, arguments[0], region->code, enabled);
  });
  return tell(result, arguments[0]);
}

}  // namespace

std::vector<Command> pluginCommands() {
  return {
      {"plugin list", "", "list the plugins and where they are on", list},
      {"plugin set", "NAME AVAILABILITY [--lock|--unlock]",
       "set a plugin's availability in the whole country", set},
      {"plugin enable", "NAME --region SLUG", "switch a plugin on in a region",
       [](Host& host, const Arguments& arguments) {
         return switchInRegion(host, arguments, true);
       }},
      {"plugin disable", "NAME --region SLUG", "switch a plugin off in a region",
       [](Host& host, const Arguments& arguments) {
         return switchInRegion(host, arguments, false);
       }},
  };
}

}  // namespace toimela::plugins
