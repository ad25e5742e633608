#include "host/core_host.h"
#include "plugins/declarations.h"
#include "plugins/handlers.h"
#include "plugins/presentation.h"
#include "plugins/purge.h"
#include "plugins/switches.h"
#include "toimela/numbers.h"

namespace toimela::plugins {

namespace {

const Plugin& pluginOf(const Request& request, Host& host) {
  const Plugin* plugin = core(host).contributions().find(request.parameters.text("plugin"));
  if (!plugin || plugin->name == kCore) throw NotFound();
  return *plugin;
}

FormSpec purgeFields() { return {Field::text("name", "plugins.purge.name").required()}; }

Response purgePage(const Request& request, Host& host, const Plugin& plugin, const Form& form,
                   int status) {
  const auto tables = host.read([&](ReadTx& tx) { return ownedTables(tx, plugin.name); });
  std::vector<View> rows;
  for (const OwnedTable& table : tables) {
    View row;
    row.set("table", table.name).set("rows", showNumber(table.rows, request.locale));
    rows.push_back(std::move(row));
  }
  const std::string title = host.texts().format(
      request.locale, "plugins.purge.title",
      {{"plugin", titleOf(core(host).contributions(), host.texts(), request.locale, plugin.name)}});
  View view;
  view.set("title", title)
      .set("name", plugin.name)
      .flag("may_purge", core(host).state()->switches.national(plugin.name).availability ==
                             Availability::unavailable)
      .flag("has_tables", !rows.empty())
      .list("tables", std::move(rows))
      .set("action", request.link("/admin/plugins/" + plugin.name + "/purge"))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "plugin_purge", std::move(view), {.status = status, .title = title});
}

}  // namespace

Response showPurge(const Request& request, Host& host) {
  return purgePage(request, host, pluginOf(request, host), Form(purgeFields()), 200);
}

Response submitPurge(const Request& request, Host& host) {
  const Plugin& plugin = pluginOf(request, host);
  Form form = Form::read(purgeFields(), request.form);
  if (form.ok() && form.text("name") != plugin.name)
    form.error("name", "plugins.purge.name_wrong", {{"name", plugin.name}});
  if (!form.ok()) return purgePage(request, host, plugin, form, 422);
  try {
    const auto outcome = host.write(request, [&](WriteTx& tx) {
      return purge(tx, core(host).contributions().plugins, plugin.name);
    });
    if (outcome == PurgeOutcome::done)
      return host.redirect(request, "/admin/plugins", "plugins.purge.done");
    form.error("", "plugins.purge.still_available");
  } catch (const DatabaseError&) {
    form.error("", "plugins.purge.referred");
  }
  return purgePage(request, host, plugin, form, 422);
}

}  // namespace toimela::plugins
