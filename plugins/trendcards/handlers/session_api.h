// Card sessions for programs.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response apiSessions(const Request& request, Host& host);
Response apiAddSession(const Request& request, Host& host);
Response apiSession(const Request& request, Host& host);
Response apiMovePhase(const Request& request, Host& host);
Response apiSetTimer(const Request& request, Host& host);
Response apiSetCeiling(const Request& request, Host& host);
/// Takes out those who have given nothing.
Response apiFreeSeats(const Request& request, Host& host);
Response apiEndSession(const Request& request, Host& host);

/// A guest is known by the header "Toimela-Guest" here, never by a cookie: so no foreign page can make
/// a browser answer.
Response apiJoin(const Request& request, Host& host);
Response apiTakingPart(const Request& request, Host& host);
Response apiAnswer(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
