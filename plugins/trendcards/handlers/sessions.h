// Leading card sessions.
#pragma once

#include <string_view>

#include "handlers/reckonings.h"
#include "operations/sessions.h"

namespace toimela::trendcards::handlers {

/// The id of {session}. Throws NotFound for what is none.
SessionId sessionIn(const Request& request);

/// Why a step of leading was not taken, as a key of its words.
std::string_view keyOf(operations::LeadProblem problem);

Response listSessions(const Request& request, Host& host);
Response newSession(const Request& request, Host& host);
Response addSession(const Request& request, Host& host);
Response showSession(const Request& request, Host& host, Reckonings& reckonings);
Response showScreen(const Request& request, Host& host, Reckonings& reckonings);
Response movePhase(const Request& request, Host& host);
Response setTimer(const Request& request, Host& host);
Response setCeiling(const Request& request, Host& host);
/// Takes out those who have given nothing.
Response freeSeats(const Request& request, Host& host);
Response endSession(const Request& request, Host& host);
Response addNote(const Request& request, Host& host, Reckonings& reckonings);
Response takeAway(const Request& request, Host& host);
Response giveBack(const Request& request, Host& host);
/// Everything that happens in the session, as it happens.
Response roomEvents(const Request& request, Host& host);

/// Forgets nicknames whose time is over.
void forgetNicknames(Host& host);

}  // namespace toimela::trendcards::handlers
