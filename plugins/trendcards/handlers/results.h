// Results of sessions: pages, files, and what is done with them.
#pragma once

#include <string>
#include <vector>

#include "handlers/reckonings.h"

namespace toimela::trendcards::handlers {

Response showResult(const Request& request, Host& host, Reckonings& reckonings);
Response showSharedResult(const Request& request, Host& host, Reckonings& reckonings);
Response listResults(const Request& request, Host& host);

Response shareResult(const Request& request, Host& host);
Response unshareResult(const Request& request, Host& host);
Response attachResult(const Request& request, Host& host, Reckonings& reckonings);
Response depositResult(const Request& request, Host& host, Reckonings& reckonings);
Response withdrawResult(const Request& request, Host& host);

Response apiResult(const Request& request, Host& host, Reckonings& reckonings);

/// Counts sessions that are over for the needs map.
void countSessions(Host& host, const std::vector<RegionCode>& regions);

}  // namespace toimela::trendcards::handlers
