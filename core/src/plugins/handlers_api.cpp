#include "host/core_host.h"
#include "kit/json_values.h"
#include "plugins/declarations.h"
#include "plugins/handlers.h"
#include "plugins/presentation.h"
#include "plugins/switches.h"

namespace toimela::plugins {

namespace {

using nlohmann::ordered_json;

/// What anybody may know of a plugin; which version runs is nobody's business.
ordered_json describe(Host& host, const Plugin& plugin) {
  LocalText title;
  for (const Locale locale : kLocales)
    title.in(locale) = titleOf(core(host).contributions(), host.texts(), locale, plugin.name);
  return {{"name", plugin.name}, {"title", jsonOf(title)}};
}

ordered_json regionsOf(const SwitchTable& switches, const Plugin& plugin) {
  ordered_json regions = ordered_json::array();
  for (const RegionCode region : switches.activeRegions(plugin.name))
    regions.push_back(region.text());
  return regions;
}

/// The plugins that are available, in the region if one is given.
std::vector<const Plugin*> available(Host& host, std::optional<RegionCode> region) {
  const auto state = core(host).state();
  std::vector<const Plugin*> found;
  for (const Plugin& plugin : core(host).contributions().plugins)
    if (plugin.name != kCore && state->switches.active(plugin.name, region))
      found.push_back(&plugin);
  return found;
}

/// The plugin of the path, broken or not.
const Plugin& pluginOf(const Request& request, Host& host) {
  const Plugin* plugin = core(host).contributions().find(request.parameters.text("plugin"));
  if (!plugin || plugin->name == kCore) throw NotFound();
  return *plugin;
}

/// As stored now: the process's own state may be older than what was just written.
SwitchTable switchesNow(Host& host) {
  return host.read([&](ReadTx& tx) { return loadSwitches(tx, core(host).contributions().plugins); });
}

std::string nationalJson(Host& host, const Plugin& plugin) {
  const SwitchTable switches = switchesNow(host);
  const NationalSwitch national = switches.national(plugin.name);
  ordered_json json = describe(host, plugin);
  json["version"] = plugin.version;
  json["availability"] = code(national.availability);
  json["locked"] = national.locked;
  json["problem"] = plugin.usable() ? ordered_json(nullptr) : ordered_json(plugin.problem);
  json["regions"] = regionsOf(switches, plugin);
  return json.dump();
}

std::string regionalJson(Host& host, const Plugin& plugin, RegionCode region) {
  const SwitchTable switches = switchesNow(host);
  const NationalSwitch national = switches.national(plugin.name);
  const auto chosen = switches.regional(plugin.name, region);
  ordered_json json = describe(host, plugin);
  json["region"] = region.text();
  json["availability"] = code(national.availability);
  json["locked"] = national.locked;
  json["enabled"] = chosen ? ordered_json(*chosen) : ordered_json(nullptr);
  json["active"] = switches.active(plugin.name, region);
  return json.dump();
}

/// A wish that stands against what is stored: 409, in the words of the pages.
Response conflict(const Request& request, Host& host, const Plugin& plugin, Form form,
                  const SwitchResult& result) {
  const auto title = [&](std::string_view name) {
    return titleOf(core(host).contributions(), host.texts(), request.locale, name);
  };
  form.error("", std::string(outcomeKey(result.outcome)),
             {{"plugin", title(plugin.name)}, {"other", title(result.other)}});
  return host.problem(request, form, 409);
}

/// A flag that must be said: to leave it out is no wish.
Form flagForm(const Request& request, FormSpec spec, const std::string& name) {
  Form form = Form::read(std::move(spec), request.form);
  const auto value = request.form.find(name);
  if (!value || (!value->empty() && *value != "1")) form.error(name, "plugins.api.flag");
  return form;
}

FormSpec nationalForm() {
  std::vector<Choice> choices;
  for (const Availability availability : {Availability::unavailable, Availability::available,
                                          Availability::defaultOn, Availability::alwaysOn}) {
    const std::string value(code(availability));
    choices.push_back({value, "plugins.availability." + value});
  }
  return {Field::choice("availability", "plugins.availability", std::move(choices)).required(),
          Field::flag("locked", "plugins.lock")};
}

}  // namespace

Response listPluginsForApi(const Request&, Host& host) {
  const auto state = core(host).state();
  return host.json(
      listJson(available(host, std::nullopt), std::nullopt, [&](const Plugin* plugin) {
        ordered_json json = describe(host, *plugin);
        json["regions"] = regionsOf(state->switches, *plugin);
        return json;
      }));
}

Response listRegionPluginsForApi(const Request& request, Host& host) {
  return host.json(listJson(available(host, request.region), std::nullopt,
                            [&](const Plugin* plugin) { return describe(host, *plugin); }));
}

Response pluginForApi(const Request& request, Host& host) {
  return host.json(nationalJson(host, pluginOf(request, host)));
}

Response setPluginForApi(const Request& request, Host& host) {
  const Plugin& plugin = pluginOf(request, host);
  const Form form = flagForm(request, nationalForm(), "locked");
  if (!form.ok()) return host.problem(request, form);
  const NationalSwitch wish{parseAvailability(form.text("availability")).value(),
                            form.flag("locked")};
  const auto result = host.write(request, [&](WriteTx& tx) {
    return setNational(tx, core(host).contributions().plugins, plugin.name, wish);
  });
  if (result.outcome != SwitchOutcome::done) return conflict(request, host, plugin, form, result);
  return host.json(nationalJson(host, plugin));
}

Response regionPluginForApi(const Request& request, Host& host) {
  return host.json(regionalJson(host, pluginOf(request, host), *request.region));
}

Response setRegionPluginForApi(const Request& request, Host& host) {
  const Plugin& plugin = pluginOf(request, host);
  const Form form = flagForm(request, {Field::flag("enabled", "plugins.region.enable")}, "enabled");
  if (!form.ok()) return host.problem(request, form);
  const auto result = host.write(request, [&](WriteTx& tx) {
    return setRegional(tx, core(host).contributions().plugins, plugin.name, *request.region,
                       form.flag("enabled"));
  });
  if (result.outcome != SwitchOutcome::done) return conflict(request, host, plugin, form, result);
  return host.json(regionalJson(host, plugin, *request.region));
}

}  // namespace toimela::plugins
