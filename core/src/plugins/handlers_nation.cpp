#include <array>

#include "host/core_host.h"
#include "plugins/declarations.h"
#include "plugins/handlers.h"
#include "plugins/presentation.h"
#include "plugins/switches.h"

namespace toimela::plugins {

namespace {

constexpr std::array kAvailabilities{Availability::unavailable, Availability::available,
                                     Availability::defaultOn, Availability::alwaysOn};

/// A wish that could not be granted: shown again as it was made.
struct Refused {
  std::string plugin;
  NationalSwitch wish;
  std::string message;
};

std::vector<View> availabilityOptions(const Request& request, Host& host, Availability chosen) {
  std::vector<View> options;
  for (Availability availability : kAvailabilities) {
    const std::string value(code(availability));
    View option;
    option.set("value", value)
        .set("label", host.texts().get(request.locale, "plugins.availability." + value))
        .flag("selected", availability == chosen);
    options.push_back(std::move(option));
  }
  return options;
}

std::string namesOf(const Request& request, Host& host, const std::vector<std::string>& plugins) {
  std::string names;
  for (const std::string& plugin : plugins) {
    if (plugin == kCore) continue;
    if (!names.empty()) names += ", ";
    names += titleOf(core(host).contributions(), host.texts(), request.locale, plugin);
  }
  return names;
}

View pluginCard(const Request& request, Host& host, const SwitchTable& table, const Plugin& plugin,
                const Refused* refused) {
  const bool isRefused = refused && refused->plugin == plugin.name;
  const NationalSwitch shown = isRefused ? refused->wish : table.national(plugin.name);
  const auto on = static_cast<std::int64_t>(table.activeRegions(plugin.name).size());
  const auto total = static_cast<std::int64_t>(host.regions().size());
  const std::string path = request.link("/admin/plugins/" + plugin.name);
  View card;
  card.set("name", plugin.name)
      .set("title", titleOf(core(host).contributions(), host.texts(), request.locale, plugin.name))
      .set("description", descriptionOf(host.texts(), request.locale, plugin.name))
      .set("version", plugin.version)
      .set("problem", plugin.problem)
      .set("needs", namesOf(request, host, plugin.dependencies))
      .set("in_use", host.texts().format(request.locale, "plugins.in_use.count",
                                         {{"count", on}, {"total", total}}))
      .list("options", availabilityOptions(request, host, shown.availability))
      .flag("locked", shown.locked)
      .set("path", path)
      .set("refusal", isRefused ? refused->message : "")
      .flag("may_purge", table.national(plugin.name).availability == Availability::unavailable);
  return card;
}

Response pluginsPage(const Request& request, Host& host, const Refused* refused) {
  const auto state = core(host).state();
  std::vector<View> cards;
  for (const Plugin& plugin : core(host).contributions().plugins)
    if (plugin.name != kCore)
      cards.push_back(pluginCard(request, host, state->switches, plugin, refused));
  View view;
  view.flag("has_plugins", !cards.empty()).list("plugins", std::move(cards));
  return host.page(request, "plugins", std::move(view),
                   {.status = refused ? 422 : 200,
                    .title = host.texts().get(request.locale, "plugins.title")});
}

}  // namespace

Response showPlugins(const Request& request, Host& host) {
  return pluginsPage(request, host, nullptr);
}

Response setPlugin(const Request& request, Host& host) {
  const auto& contributions = core(host).contributions();
  const std::string& plugin = request.parameters.text("plugin");
  if (plugin == kCore || !contributions.find(plugin)) throw NotFound();
  Refused refused{plugin, core(host).state()->switches.national(plugin), ""};
  refused.wish.locked = !request.form.text("locked").empty();
  const auto availability = parseAvailability(request.form.text("availability"));
  if (!availability) {
    refused.message = host.texts().get(request.locale, "plugins.outcome.invalid");
    return pluginsPage(request, host, &refused);
  }
  refused.wish.availability = *availability;
  const auto result = host.write(request, [&](WriteTx& tx) {
    return setNational(tx, contributions.plugins, plugin, refused.wish);
  });
  if (result.outcome == SwitchOutcome::done)
    return host.redirect(request, "/admin/plugins", "plugins.saved");
  refused.message = outcomeText(contributions, host.texts(), request.locale, plugin, result);
  return pluginsPage(request, host, &refused);
}

}  // namespace toimela::plugins
