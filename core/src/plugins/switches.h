// The two tiers of switching plugins on and off.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/contributions.h"
#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela::plugins {

enum class Availability { unavailable, available, defaultOn, alwaysOn };
std::string_view code(Availability availability);
std::optional<Availability> parseAvailability(std::string_view code);

struct NationalSwitch {
  Availability availability = Availability::defaultOn;
  bool locked = false;  ///< regions can not change it
};

/// Where every plugin is on: pure, worked out from both tiers and the dependencies.
/// A plugin without a row has NationalSwitch{} (what a newly installed plugin gets).
class SwitchTable {
 public:
  SwitchTable() = default;
  SwitchTable(const std::vector<Plugin>& plugins, std::map<std::string, NationalSwitch> national,
              std::map<std::pair<std::string, std::string>, bool> regional,
              const std::vector<RegionCode>& regions);

  /// On in the region; without a region: not unavailable, with its dependencies. Core is always on.
  bool active(std::string_view plugin, std::optional<RegionCode> region) const;
  std::vector<RegionCode> activeRegions(std::string_view plugin) const;
  NationalSwitch national(std::string_view plugin) const;
  /// What the region itself chose, if anything.
  std::optional<bool> regional(std::string_view plugin, RegionCode region) const;

 private:
  std::map<std::string, NationalSwitch, std::less<>> national_;
  std::map<std::pair<std::string, std::string>, bool> regional_;
  std::map<std::string, std::set<RegionCode>, std::less<>> on_;
  std::set<std::string, std::less<>> available_;
};

SwitchTable loadSwitches(ReadTx& tx, const std::vector<Plugin>& plugins);

/// Outcomes of a wish to switch; each has its message.
enum class SwitchOutcome { done, unknownPlugin, locked, notAvailable, alwaysOn, neededBy, needs };
struct SwitchResult {
  SwitchOutcome outcome = SwitchOutcome::done;
  std::string other;  ///< the plugin that stands in the way (neededBy, needs)
};
/// A national administrator's wish. Writes the tiers, core_plugin_active and the audit row.
SwitchResult setNational(WriteTx& tx, const std::vector<Plugin>& plugins, std::string_view plugin,
                         NationalSwitch wish);
/// A region's wish.
SwitchResult setRegional(WriteTx& tx, const std::vector<Plugin>& plugins, std::string_view plugin,
                         RegionCode region, bool enabled);
/// Rewrites core_plugin_active from the tiers (after plugins were added or removed).
void refreshActive(WriteTx& tx, const std::vector<Plugin>& plugins);

}  // namespace toimela::plugins
