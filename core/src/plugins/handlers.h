// The handlers of the plugins room; routes.cpp says where each is found and who may call it.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"
#include "toimela/request.h"

namespace toimela::plugins {

inline constexpr Permission kSwitch{"core.plugin.switch"};
inline constexpr Permission kRegionSwitch{"core.plugin.region_switch"};
inline constexpr Permission kOpen{"core.region.open"};

Response showPlugins(const Request& request, Host& host);
Response setPlugin(const Request& request, Host& host);
Response showPurge(const Request& request, Host& host);
Response submitPurge(const Request& request, Host& host);

Response showRegionPlugins(const Request& request, Host& host);
Response setRegionPlugin(const Request& request, Host& host);
Response showRegionSettings(const Request& request, Host& host);
Response saveRegionSettings(const Request& request, Host& host);

Response showOpening(const Request& request, Host& host);
Response submitOpening(const Request& request, Host& host);
Response showOpened(const Request& request, Host& host);
Response openForApi(const Request& request, Host& host);

Response listPluginsForApi(const Request& request, Host& host);
Response listRegionPluginsForApi(const Request& request, Host& host);
Response pluginForApi(const Request& request, Host& host);
Response setPluginForApi(const Request& request, Host& host);
Response regionPluginForApi(const Request& request, Host& host);
Response setRegionPluginForApi(const Request& request, Host& host);

/// "plugin list", "plugin set", "plugin enable", "plugin disable".
std::vector<Command> pluginCommands();

}  // namespace toimela::plugins
