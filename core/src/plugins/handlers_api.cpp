#include <nlohmann/json.hpp>

#include "host/core_host.h"
#include "plugins/declarations.h"
#include "plugins/handlers.h"
#include "plugins/presentation.h"
#include "plugins/switches.h"

namespace toimela::plugins {

namespace {

/// What anybody may know of a plugin; which version runs is nobody's business.
nlohmann::json describe(Host& host, const Plugin& plugin) {
  nlohmann::json title;
  for (Locale locale : kLocales)
    title[std::string(code(locale))] =
        titleOf(core(host).contributions(), host.texts(), locale, plugin.name);
  return {{"name", plugin.name}, {"title", std::move(title)}};
}

}  // namespace

Response listPluginsForApi(const Request&, Host& host) {
  const auto state = core(host).state();
  nlohmann::json list = nlohmann::json::array();
  for (const Plugin& plugin : core(host).contributions().plugins) {
    if (plugin.name == kCore || !state->switches.active(plugin.name, std::nullopt)) continue;
    nlohmann::json entry = describe(host, plugin);
    entry["regions"] = nlohmann::json::array();
    for (RegionCode region : state->switches.activeRegions(plugin.name))
      entry["regions"].push_back(region.text());
    list.push_back(std::move(entry));
  }
  return host.json(nlohmann::json{{"plugins", std::move(list)}}.dump());
}

Response listRegionPluginsForApi(const Request& request, Host& host) {
  const auto state = core(host).state();
  nlohmann::json list = nlohmann::json::array();
  for (const Plugin& plugin : core(host).contributions().plugins)
    if (plugin.name != kCore && state->switches.active(plugin.name, request.region))
      list.push_back(describe(host, plugin));
  return host.json(
      nlohmann::json{{"region", request.region->text()}, {"plugins", std::move(list)}}.dump());
}

}  // namespace toimela::plugins
