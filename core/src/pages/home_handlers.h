// The pages that lead to all others: the nation's, a region's, and a person's own.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::pages {

Response showHome(const Request& request, Host& host);
Response showRegion(const Request& request, Host& host);
Response showDashboard(const Request& request, Host& host);

}  // namespace toimela::pages
