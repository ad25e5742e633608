// The settings that each region has for a plugin: stored as text, read through what was declared.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/contributions.h"
#include "toimela/data.h"
#include "toimela/form.h"

namespace toimela::plugins {

/// Stored values by "plugin/region/name". What is not there has its default.
using RegionSettings = std::map<std::string, std::string>;

RegionSettings loadRegionSettings(ReadTx& tx);

/// A region's value of a setting, or its default; empty for a setting that is not declared. A text
/// in three languages is three settings: "welcome_fi", "welcome_sv", "welcome_en".
std::string settingValue(const Contributions& contributions, const RegionSettings& stored,
                         std::string_view plugin, std::string_view name, RegionCode region);

/// The fields of a plugin's settings, in the order in which they were declared.
FormSpec settingFields(const Contributions& contributions, std::string_view plugin);

/// The form as a region has filled it.
Form settingsForm(const Contributions& contributions, const RegionSettings& stored,
                  std::string_view plugin, RegionCode region);

/// Writes what differs from what is stored, with one audit row; false when nothing did.
bool saveSettings(WriteTx& tx, const Contributions& contributions, std::string_view plugin,
                  RegionCode region, const Form& form);

}  // namespace toimela::plugins
