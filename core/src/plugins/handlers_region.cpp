#include "host/core_host.h"
#include "plugins/declarations.h"
#include "plugins/handlers.h"
#include "plugins/presentation.h"
#include "plugins/settings.h"
#include "plugins/switches.h"

namespace toimela::plugins {

namespace {

const Region& regionOf(const Request& request, Host& host) { return *host.region(*request.region); }

std::string pathOf(const Request& request, Host& host, const std::string& rest = "") {
  return "/admin/regions/" + regionOf(request, host).slug + "/plugins" + rest;
}

/// The usable, available plugin of the path; nothing else exists for a region.
const Plugin& pluginOf(const Request& request, Host& host) {
  const Plugin* plugin = core(host).contributions().find(request.parameters.text("plugin"));
  if (!plugin || plugin->name == kCore ||
      !core(host).state()->switches.active(plugin->name, std::nullopt))
    throw NotFound();
  return *plugin;
}

/// The dependency that keeps a plugin off that would otherwise be on.
std::string waitedFor(const SwitchTable& table, const Plugin& plugin, RegionCode region) {
  const auto availability = table.national(plugin.name).availability;
  const bool wanted = availability == Availability::alwaysOn ||
                      table.regional(plugin.name, region)
                          .value_or(availability == Availability::defaultOn);
  if (!wanted || table.active(plugin.name, region)) return "";
  for (const std::string& dependency : plugin.dependencies)
    if (!table.active(dependency, region)) return dependency;
  return "";
}

View pluginCard(const Request& request, Host& host, const SwitchTable& table,
                const Plugin& plugin) {
  const auto& contributions = core(host).contributions();
  const RegionCode region = *request.region;
  const NationalSwitch national = table.national(plugin.name);
  const bool isOn = table.active(plugin.name, region);
  const bool alwaysOn = national.availability == Availability::alwaysOn;
  const std::string other = waitedFor(table, plugin, region);
  auto title = [&](std::string_view name) {
    return titleOf(contributions, host.texts(), request.locale, name);
  };
  View card;
  card.set("name", plugin.name)
      .set("title", title(plugin.name))
      .set("description", descriptionOf(host.texts(), request.locale, plugin.name))
      .flag("is_on", isOn)
      .flag("is_always_on", alwaysOn)
      .flag("is_locked", !alwaysOn && national.locked)
      .flag("may_switch", !alwaysOn && !national.locked)
      .set("waits", other.empty() ? std::string()
                                  : host.texts().format(request.locale, "plugins.region.waits",
                                                        {{"other", title(other)}}))
      .set("path", request.link(pathOf(request, host, "/" + plugin.name)))
      .flag("has_settings", isOn && !settingFields(contributions, plugin.name).empty());
  return card;
}

Response regionPage(const Request& request, Host& host, const std::string& refusal) {
  const auto state = core(host).state();
  std::vector<View> cards;
  for (const Plugin& plugin : core(host).contributions().plugins)
    if (plugin.name != kCore && state->switches.active(plugin.name, std::nullopt))
      cards.push_back(pluginCard(request, host, state->switches, plugin));
  const Region& region = regionOf(request, host);
  const std::string title =
      host.texts().format(request.locale, "plugins.region.title",
                          {{"region", region.name.pick(request.locale).text}});
  View view;
  view.set("title", title)
      .set("refusal", refusal)
      .set("welcome_href", request.link(pathOf(request, host, "/core/settings")))
      .set("opening_href", host.allowed(request.actor, kOpen, {.region = region.code})
                               ? request.link("/admin/regions/" + region.slug + "/open")
                               : std::string())
      .flag("has_plugins", !cards.empty())
      .list("plugins", std::move(cards));
  return host.page(request, "region_plugins", std::move(view),
                   {.status = refusal.empty() ? 200 : 422, .title = title});
}

Response settingsPage(const Request& request, Host& host, const Plugin& plugin, const Form& form,
                      int status) {
  const Region& region = regionOf(request, host);
  const std::string& name = region.name.pick(request.locale).text;
  const bool isCore = plugin.name == kCore;
  const std::string title =
      isCore ? host.texts().format(request.locale, "opening.welcome.title", {{"region", name}})
             : host.texts().format(request.locale, "plugins.settings.title",
                                   {{"plugin", titleOf(core(host).contributions(), host.texts(),
                                                       request.locale, plugin.name)},
                                    {"region", name}});
  View view;
  view.set("title", title)
      .set("lead", host.texts().get(request.locale,
                                    isCore ? "opening.welcome.lead" : "plugins.settings.lead"))
      .set("step", host.texts().get(request.locale,
                                    isCore ? "opening.welcome.label" : "plugins.region.settings"))
      .set("region_title",
           host.texts().format(request.locale, "plugins.region.title",
                               {{"region", region.name.pick(request.locale).text}}))
      .set("plugins_href", request.link(pathOf(request, host)))
      .set("action", request.link(pathOf(request, host, "/" + plugin.name + "/settings")))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "region_plugin_settings", std::move(view),
                   {.status = status, .title = title});
}

/// Of the path; the core, too, has settings in each region.
const Plugin& pluginWithSettings(const Request& request, Host& host) {
  if (request.parameters.text("plugin") == kCore) return *core(host).contributions().find(kCore);
  const Plugin& plugin = pluginOf(request, host);
  if (settingFields(core(host).contributions(), plugin.name).empty()) throw NotFound();
  return plugin;
}

}  // namespace

Response showRegionPlugins(const Request& request, Host& host) {
  return regionPage(request, host, "");
}

Response setRegionPlugin(const Request& request, Host& host) {
  const auto& contributions = core(host).contributions();
  const Plugin& plugin = pluginOf(request, host);
  const bool enabled = request.form.text("enabled") == "1";
  const auto result = host.write(request, [&](WriteTx& tx) {
    return setRegional(tx, contributions.plugins, plugin.name, *request.region, enabled);
  });
  if (result.outcome != SwitchOutcome::done)
    return regionPage(request, host, outcomeText(contributions, host.texts(), request.locale,
                                                 plugin.name, result));
  return host.redirect(request, pathOf(request, host),
                       enabled ? "plugins.region.enabled" : "plugins.region.disabled");
}

Response showRegionSettings(const Request& request, Host& host) {
  const Plugin& plugin = pluginWithSettings(request, host);
  const Form form = settingsForm(core(host).contributions(), core(host).state()->regionSettings,
                                 plugin.name, *request.region);
  return settingsPage(request, host, plugin, form, 200);
}

Response saveRegionSettings(const Request& request, Host& host) {
  const auto& contributions = core(host).contributions();
  const Plugin& plugin = pluginWithSettings(request, host);
  const Form form = Form::read(settingFields(contributions, plugin.name), request.form);
  if (!form.ok()) return settingsPage(request, host, plugin, form, 422);
  const bool changed = host.write(request, [&](WriteTx& tx) {
    return saveSettings(tx, contributions, plugin.name, *request.region, form);
  });
  return host.redirect(request, pathOf(request, host),
                       changed ? "plugins.settings.saved" : "plugins.settings.unchanged");
}

}  // namespace toimela::plugins
