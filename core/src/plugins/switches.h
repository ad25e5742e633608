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

/// What the nation says of a plugin. A lock keeps every region as it is: what a region chose before
/// goes on holding, and can not be changed until the lock is taken off.
struct NationalSwitch {
  Availability availability = Availability::defaultOn;
  bool locked = false;
  bool operator==(const NationalSwitch&) const = default;
};

/// Both tiers as they are stored.
struct Tiers {
  std::map<std::string, NationalSwitch> national;                   ///< by plugin
  std::map<std::pair<std::string, std::string>, bool> regional;     ///< by plugin and region code
  std::vector<RegionCode> regions;                                  ///< all there are
};

/// Where every plugin is on: pure, worked out from both tiers and the dependencies.
/// A plugin without a row has NationalSwitch{} (what a newly installed plugin gets). A plugin that
/// is broken, or whose dependency is off in a region, is off there.
class SwitchTable {
 public:
  SwitchTable() = default;
  SwitchTable(const std::vector<Plugin>& plugins, const Tiers& tiers);
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
  void work(const Plugin& plugin, const std::vector<Plugin>& plugins,
            const std::vector<RegionCode>& regions, std::set<std::string>& visited);
  bool wanted(std::string_view plugin, RegionCode region) const;

  std::map<std::string, NationalSwitch, std::less<>> national_;
  std::map<std::pair<std::string, std::string>, bool> regional_;
  std::map<std::string, std::set<RegionCode>, std::less<>> on_;
  std::set<std::string, std::less<>> available_;
};

/// Outcomes of a wish to switch; each has its message.
enum class SwitchOutcome { done, unknownPlugin, locked, notAvailable, alwaysOn, neededBy, needs };
struct SwitchResult {
  SwitchOutcome outcome = SwitchOutcome::done;
  std::string other;  ///< the plugin that stands in the way (neededBy, needs)
};
/// Whether a wish may be granted: pure. No switch turns another plugin off behind its back
/// (neededBy), and nothing is switched on that would stay off for want of a dependency (needs).
SwitchResult judgeNational(const std::vector<Plugin>& plugins, const Tiers& tiers,
                           std::string_view plugin, NationalSwitch wish);
SwitchResult judgeRegional(const std::vector<Plugin>& plugins, const Tiers& tiers,
                           std::string_view plugin, RegionCode region, bool enabled);

SwitchTable loadSwitches(ReadTx& tx, const std::vector<Plugin>& plugins);
/// A national administrator's wish. Writes the tiers, core_plugin_active and the audit row.
SwitchResult setNational(WriteTx& tx, const std::vector<Plugin>& plugins, std::string_view plugin,
                         NationalSwitch wish);
/// A region's wish.
SwitchResult setRegional(WriteTx& tx, const std::vector<Plugin>& plugins, std::string_view plugin,
                         RegionCode region, bool enabled);
/// Rewrites core_plugin_active from the tiers (after plugins were added or removed).
void refreshActive(WriteTx& tx, const std::vector<Plugin>& plugins);

}  // namespace toimela::plugins
