#include "plugins/settings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace toimela::plugins {

namespace {

constexpr Sql kAll{"core.setting.all",
                   "SELECT plugin, region, name, value FROM core_region_setting"};
constexpr Sql kOfPlugin{"core.setting.of_plugin",
                        "SELECT name, value FROM core_region_setting "
                        "WHERE plugin = :plugin AND region = :region"};
constexpr Sql kSave{"core.setting.save",
                    "INSERT INTO core_region_setting (plugin, region, name, value) "
                    "VALUES (:plugin, :region, :name, :value) "
                    "ON CONFLICT (plugin, region, name) DO UPDATE SET value = excluded.value"};

bool isLocal(const Field& field) {
  return field.kind == Field::Kind::localText || field.kind == Field::Kind::localMultiline;
}

/// The names that a field is stored under.
std::vector<std::string> namesOf(const Field& field) {
  if (!isLocal(field)) return {field.name};
  std::vector<std::string> names;
  for (Locale locale : kLocales) names.push_back(field.name + "_" + std::string(code(locale)));
  return names;
}

std::string keyOf(std::string_view plugin, RegionCode region, std::string_view name) {
  return std::string(plugin) + "/" + region.text() + "/" + std::string(name);
}

std::string storedOrDefault(const RegionSetting& setting, const RegionSettings& stored,
                            std::string_view plugin, std::string_view name, RegionCode region) {
  auto found = stored.find(keyOf(plugin, region, name));
  return found == stored.end() ? setting.defaultValue : found->second;
}

}  // namespace

RegionSettings loadRegionSettings(ReadTx& tx) {
  RegionSettings settings;
  tx.each(kAll, [&](std::string plugin, RegionCode region, std::string name, std::string value) {
    settings.emplace(keyOf(plugin, region, name), std::move(value));
  });
  return settings;
}

std::string settingValue(const Contributions& contributions, const RegionSettings& stored,
                         std::string_view plugin, std::string_view name, RegionCode region) {
  for (const auto& setting : contributions.settings) {
    if (setting.plugin != plugin) continue;
    for (const std::string& each : namesOf(setting.what.field))
      if (each == name) return storedOrDefault(setting.what, stored, plugin, name, region);
  }
  return {};
}

FormSpec settingFields(const Contributions& contributions, std::string_view plugin) {
  FormSpec fields;
  for (const auto& setting : contributions.settings)
    if (setting.plugin == plugin) fields.push_back(setting.what.field);
  return fields;
}

Form settingsForm(const Contributions& contributions, const RegionSettings& stored,
                  std::string_view plugin, RegionCode region) {
  Form form(settingFields(contributions, plugin));
  for (const auto& setting : contributions.settings) {
    if (setting.plugin != plugin) continue;
    const Field& field = setting.what.field;
    auto value = [&](std::string_view name) {
      return storedOrDefault(setting.what, stored, plugin, name, region);
    };
    if (isLocal(field)) {
      LocalText text;
      for (Locale locale : kLocales)
        text.in(locale) = value(field.name + "_" + std::string(code(locale)));
      form.fill(field.name, text);
    } else {
      form.fill(field.name, value(field.name));
    }
  }
  return form;
}

bool saveSettings(WriteTx& tx, const Contributions& contributions, std::string_view plugin,
                  RegionCode region, const Form& form) {
  std::map<std::string, std::string> wanted;
  for (const Field& field : settingFields(contributions, plugin)) {
    if (isLocal(field)) {
      const LocalText text = form.localText(field.name);
      for (Locale locale : kLocales)
        wanted[field.name + "_" + std::string(code(locale))] = text.in(locale);
    } else if (field.kind == Field::Kind::flag) {
      wanted.emplace(field.name, form.flag(field.name) ? "1" : "0");
    } else {
      wanted[field.name] = form.text(field.name);
    }
  }
  tx.each(kOfPlugin,
          [&](std::string name, std::string value) {
            auto found = wanted.find(name);
            if (found != wanted.end() && found->second == value) wanted.erase(found);
          },
          plugin, region);
  if (wanted.empty()) {
    tx.unaudited("no setting was changed");
    return false;
  }
  for (const auto& [name, value] : wanted) tx.run(kSave, plugin, region, name, value);
  tx.audit({.action = "core.plugin.settings",
            .object = "plugin:" + std::string(plugin),
            .region = region,
            .detail = nlohmann::json(wanted).dump()});
  return true;
}

}  // namespace toimela::plugins
