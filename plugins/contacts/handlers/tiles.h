// Boxes on the home pages of the nation and the regions, and on the dashboard.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

bool fillNationTile(const Request& request, Host& host, View& view);
bool fillRegionTile(const Request& request, Host& host, View& view);
bool fillDashboardTile(const Request& request, Host& host, View& view);

}  // namespace toimela::contacts::handlers
