// Results of sessions: pages, files, and what is done with them.
#pragma once

#include <string>
#include <vector>

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response showResult(const Request& request, Host& host);
Response showSharedResult(const Request& request, Host& host);
Response listResults(const Request& request, Host& host);

Response shareResult(const Request& request, Host& host);
Response unshareResult(const Request& request, Host& host);
Response attachResult(const Request& request, Host& host);
Response depositResult(const Request& request, Host& host);
Response withdrawResult(const Request& request, Host& host);

Response apiResult(const Request& request, Host& host);

/// Counts sessions that are over for the needs map.
void countSessions(Host& host, const std::vector<RegionCode>& regions);

}  // namespace toimela::trendcards::handlers
