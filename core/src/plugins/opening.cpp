#include "plugins/opening.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ranges>
#include <set>

#include "plugins/declarations.h"
#include "plugins/tiers.h"
#include "toimela/region_events.h"

namespace toimela::plugins {

namespace {

constexpr std::size_t kLongestWelcome = 2'000;

/// The values under which a field is stored, one after the other.
std::vector<std::string> valuesOf(const Contributions& contributions, const RegionSettings& stored,
                                  std::string_view plugin, const Field& field, RegionCode region) {
  std::vector<std::string> names{field.name};
  if (field.kind == Field::Kind::localText || field.kind == Field::Kind::localMultiline) {
    names.clear();
    for (const Locale locale : kLocales)
      names.push_back(field.name + "_" + std::string(code(locale)));
  }
  std::vector<std::string> values;
  for (const std::string& name : names)
    values.push_back(settingValue(contributions, stored, plugin, name, region));
  return values;
}

/// Makes the region's switches like the model's, one after the other as a region would.
class Switching {
 public:
  Switching(const std::vector<Plugin>& plugins, const Tiers& tiers, RegionCode from, RegionCode to)
      : plugins_(plugins), tiers_(tiers), now_(plugins, tiers), from_(from), to_(to) {}

  /// Off before on, and off once more: what waited for another plugin may have come on with it.
  void settle() {
    turn(std::views::reverse(plugins_), false);
    turn(plugins_, true);
    turn(std::views::reverse(plugins_), false);
  }

  std::vector<PlannedSwitch> rows() const {
    const SwitchTable then(plugins_, tiers_);
    std::vector<PlannedSwitch> rows;
    for (const Plugin& plugin : plugins_) {
      if (!concerns(plugin)) continue;
      PlannedSwitch row{plugin.name,
                        now_.active(plugin.name, from_),
                        now_.active(plugin.name, to_),
                        then.active(plugin.name, to_),
                        now_.national(plugin.name),
                        {}};
      if (row.isOnThen != row.isOnInModel)
        row.obstacle = judgeRegional(plugins_, tiers_, plugin.name, to_, row.isOnInModel);
      rows.push_back(std::move(row));
    }
    return rows;
  }
  const std::vector<std::pair<std::string, bool>>& steps() const { return steps_; }

 private:
  bool concerns(const Plugin& plugin) const {
    return plugin.name != kCore && now_.active(plugin.name, std::nullopt);
  }

  void turn(auto&& plugins, bool enabled) {
    for (const Plugin& plugin : plugins) {
      if (!concerns(plugin) || now_.active(plugin.name, from_) != enabled) continue;
      if (SwitchTable(plugins_, tiers_).active(plugin.name, to_) == enabled) continue;
      if (judgeRegional(plugins_, tiers_, plugin.name, to_, enabled).outcome != SwitchOutcome::done)
        continue;
      tiers_.regional[{plugin.name, to_.text()}] = enabled;
      steps_.emplace_back(plugin.name, enabled);
    }
  }

  const std::vector<Plugin>& plugins_;
  Tiers tiers_;
  SwitchTable now_;
  RegionCode from_, to_;
  std::vector<std::pair<std::string, bool>> steps_;
};

/// The plugins some of whose settings change.
std::set<std::string> changedPlugins(const Opening& plan) {
  std::set<std::string> plugins;
  for (const PlannedSetting& setting : plan.settings) plugins.insert(setting.plugin);
  return plugins;
}

void keepWelcome(WriteTx& tx, const Contributions& contributions, const OpeningBasis& basis,
                 RegionCode region, const LocalText& welcome) {
  if (welcome == welcomeOf(contributions, basis.settings, region)) return;
  Form form = settingsForm(contributions, basis.settings, kCore, region);
  form.fill(kWelcome, welcome);
  saveSettings(tx, contributions, kCore, region, form);
}

}  // namespace

std::vector<RegionSetting> regionTexts() {
  return {{Field::localMultiline(std::string(kWelcome), "opening.welcome.label")
               .longest(kLongestWelcome)
               .hint("opening.welcome.hint"),
           ""}};
}

LocalText welcomeOf(const Contributions& contributions, const RegionSettings& stored,
                    RegionCode region) {
  LocalText text;
  for (const Locale locale : kLocales)
    text.in(locale) = settingValue(contributions, stored, kCore,
                                   std::string(kWelcome) + "_" + std::string(code(locale)), region);
  return text;
}

std::string Opening::mark(const Contributions& contributions, const RegionSettings& stored) const {
  nlohmann::json all{{"from", from.text()}, {"to", to.text()}, {"steps", steps}};
  for (const PlannedSetting& setting : settings)
    all["settings"][setting.plugin][setting.field.name] =
        valuesOf(contributions, stored, setting.plugin, setting.field, from);
  return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Opening planOpening(const Contributions& contributions, const Tiers& tiers,
                    const RegionSettings& stored, RegionCode from, RegionCode to) {
  Switching switching(contributions.plugins, tiers, from, to);
  switching.settle();
  Opening plan{from, to, switching.rows(), switching.steps(), {}};
  for (const auto& setting : contributions.settings) {
    const bool isOn = std::ranges::any_of(plan.switches, [&](const PlannedSwitch& each) {
      return each.plugin == setting.plugin && each.isOnThen;
    });
    const auto valuesIn = [&](RegionCode region) {
      return valuesOf(contributions, stored, setting.plugin, setting.what.field, region);
    };
    if (isOn && valuesIn(from) != valuesIn(to))
      plan.settings.push_back({setting.plugin, setting.what.field});
  }
  return plan;
}

OpeningBasis loadOpeningBasis(ReadTx& tx) { return {loadTiers(tx), loadRegionSettings(tx)}; }
OpeningBasis lockOpeningBasis(WriteTx& tx) { return {lockTiers(tx), loadRegionSettings(tx)}; }

void openRegion(WriteTx& tx, const Contributions& contributions, const OpeningBasis& basis,
                const Opening& plan, const std::optional<LocalText>& welcome) {
  nlohmann::ordered_json switched = nlohmann::ordered_json::object();
  for (const auto& [plugin, enabled] : plan.steps) {
    setRegional(tx, contributions.plugins, plugin, plan.to, enabled);
    switched[plugin] = enabled;
  }
  for (const std::string& plugin : changedPlugins(plan))
    saveSettings(tx, contributions, plugin, plan.to,
                 settingsForm(contributions, basis.settings, plugin, plan.from));
  if (welcome) keepWelcome(tx, contributions, basis, plan.to, *welcome);
  tx.audit({.action = "core.region.open",
            .object = "region:" + plan.to.text(),
            .region = plan.to,
            .detail = nlohmann::ordered_json{{"from", plan.from.text()},
                                             {"switched", std::move(switched)},
                                             {"settings", plan.settings.size()}}
                          .dump()});
  tx.publish(RegionOpened{plan.from, plan.to});
}

}  // namespace toimela::plugins
