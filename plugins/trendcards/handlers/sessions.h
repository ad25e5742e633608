// Leading card sessions.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response listSessions(const Request& request, Host& host);
Response newSession(const Request& request, Host& host);
Response addSession(const Request& request, Host& host);
Response showSession(const Request& request, Host& host);
Response showScreen(const Request& request, Host& host);
Response movePhase(const Request& request, Host& host);
Response setTimer(const Request& request, Host& host);
Response endSession(const Request& request, Host& host);
Response addNote(const Request& request, Host& host);
Response takeAway(const Request& request, Host& host);
/// Everything that happens in the session, as it happens.
Response roomEvents(const Request& request, Host& host);

/// Forgets nicknames whose time is over.
void forgetNicknames(Host& host);

}  // namespace toimela::trendcards::handlers
