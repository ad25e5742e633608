// Every page, API address and command of the plugins room.
#include "host/core_host.h"
#include "plugins/handlers.h"
#include "plugins/opening.h"
#include "plugins/switch_schemas.h"

namespace toimela::plugins {

namespace {

std::vector<Route> nationalRoutes() {
  return {
      get("/admin/plugins", showPlugins).needs(kSwitch).described("All plugins and their state"),
      post("/admin/plugins/{plugin}", setPlugin)
          .needs(kSwitch)
          .rate(RateClass::write)
          .described("Sets a plugin's availability and lock"),
      get("/admin/plugins/{plugin}/purge", showPurge)
          .needs(kSwitch)
          .described("What emptying a plugin would delete"),
      post("/admin/plugins/{plugin}/purge", submitPurge)
          .needs(kSwitch)
          .rate(RateClass::write)
          .described("Deletes everything a plugin holds"),
  };
}

std::vector<Route> regionalRoutes() {
  return {
      get("/admin/regions/{region}/plugins", showRegionPlugins)
          .needs(kRegionSwitch)
          .described("A region's plugins"),
      post("/admin/regions/{region}/plugins/{plugin}", setRegionPlugin)
          .needs(kRegionSwitch)
          .rate(RateClass::write)
          .described("Switches a plugin on or off in a region"),
      get("/admin/regions/{region}/plugins/{plugin}/settings", showRegionSettings)
          .needs(kRegionSwitch)
          .described("A region's settings for a plugin"),
      post("/admin/regions/{region}/plugins/{plugin}/settings", saveRegionSettings)
          .needs(kRegionSwitch)
          .rate(RateClass::write)
          .described("Saves a region's settings for a plugin"),
  };
}

std::vector<Route> openingRoutes() {
  return {
      get("/admin/regions/{region}/open", showOpening)
          .needs(kOpen)
          .described("What opening a region like another one would change"),
      post("/admin/regions/{region}/open", submitOpening)
          .needs(kOpen)
          .rate(RateClass::write)
          .described("Opens a region like another one"),
      get("/admin/regions/{region}/opened", showOpened)
          .needs(kOpen)
          .described("What to do next for a region that was opened"),
      post("/api/v1/regions/{region}/open", openForApi)
          .needs(kOpen)
          .rate(RateClass::write)
          .takes("RegionOpeningWish")
          .answers("RegionOpening")
          .described("Opens a region like another one"),
  };
}

std::vector<Route> apiRoutes() {
  return {
      get("/api/v1/plugins", listPluginsForApi)
          .anyone()
          .cached()
          .answers("PluginList")
          .described("The plugins that are available, and where they are on"),
      get("/api/v1/plugins/{plugin}", pluginForApi)
          .needs(kSwitch)
          .answers("PluginSwitch")
          .described("What the nation says of a plugin"),
      put("/api/v1/plugins/{plugin}", setPluginForApi)
          .needs(kSwitch)
          .takes("PluginSwitchWish")
          .answers("PluginSwitch")
          .described("Sets a plugin's availability and lock"),
      get("/api/v1/regions/{region}/plugins", listRegionPluginsForApi)
          .anyone()
          .cached()
          .answers("RegionPluginList")
          .described("The plugins that are on in a region"),
      get("/api/v1/regions/{region}/plugins/{plugin}", regionPluginForApi)
          .needs(kRegionSwitch)
          .answers("RegionPluginSwitch")
          .described("What a region says of a plugin"),
      put("/api/v1/regions/{region}/plugins/{plugin}", setRegionPluginForApi)
          .needs(kRegionSwitch)
          .takes("RegionPluginSwitchWish")
          .answers("RegionPluginSwitch")
          .described("Switches a plugin on or off in a region"),
  };
}

}  // namespace

void contributePages(Registry& registry) {
  registry.permissions({
      {kSwitch, {Role::nationalAdmin}, "plugins.permission.switch"},
      {kRegionSwitch,
       {Role::nationalAdmin, Role::regionalAdmin},
       "plugins.permission.region_switch"},
      {kOpen, {Role::nationalAdmin}, "opening.permission.open"},
  });
  registry.routes(nationalRoutes());
  registry.routes(regionalRoutes());
  registry.routes(openingRoutes());
  registry.routes(apiRoutes());
  registry.settings(regionTexts());
  describeSchemas(registry);
  registry.navigation({"/admin/plugins", "plugins.title", kSwitch, 40});
  registry.navigation({"/admin/regions/{region}/plugins", "plugins.title", kRegionSwitch, 90});
  for (Command& command : pluginCommands()) registry.command(std::move(command));
}

}  // namespace toimela::plugins
