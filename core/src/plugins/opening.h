// Opening a region like another one as it is now: what would change, and changing it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugins/settings.h"
#include "plugins/switches.h"

namespace toimela::plugins {

/// The text of its own with which a region greets the readers of its page, as a setting of the core.
inline constexpr std::string_view kWelcome = "welcome";
std::vector<RegionSetting> regionTexts();
LocalText welcomeOf(const Contributions& contributions, const RegionSettings& stored,
                    RegionCode region);

/// A plugin of the nation in the region that is opened.
struct PlannedSwitch {
  std::string plugin;
  bool isOnInModel = false, isOnNow = false, isOnThen = false;
  NationalSwitch national;
  /// Why it does not become like the model, where it does not.
  SwitchResult obstacle;
};

/// A setting that becomes another.
struct PlannedSetting {
  std::string plugin;
  Field field;
};

struct Opening {
  RegionCode from, to;
  std::vector<PlannedSwitch> switches;                ///< of every plugin, in dependency order
  std::vector<std::pair<std::string, bool>> steps;    ///< the switches that are made, in order
  std::vector<PlannedSetting> settings;               ///< of plugins that are on afterwards

  /// The changes as one line, by which two plans can be compared.
  std::string mark(const Contributions& contributions, const RegionSettings& stored) const;
};

/// What opening `to` like `from` would change: pure. What a region may not switch, because it is
/// locked or on everywhere, stays.
Opening planOpening(const Contributions& contributions, const Tiers& tiers,
                    const RegionSettings& stored, RegionCode from, RegionCode to);

/// Everything that a plan is made of.
struct OpeningBasis {
  Tiers tiers;
  RegionSettings settings;
};
OpeningBasis loadOpeningBasis(ReadTx& tx);
/// The same, and no other switch comes between.
OpeningBasis lockOpeningBasis(WriteTx& tx);

/// Switches, copies the settings, keeps the greeting if there is one, and publishes RegionOpened. The
/// basis is that of lockOpeningBasis() in the same transaction.
void openRegion(WriteTx& tx, const Contributions& contributions, const OpeningBasis& basis,
                const Opening& plan, const std::optional<LocalText>& welcome);

}  // namespace toimela::plugins
