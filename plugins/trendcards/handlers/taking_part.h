// Taking part in a card session, with its code and without an account.
#pragma once

#include "handlers/reckonings.h"

namespace toimela::trendcards::handlers {

/// Where a code is typed.
Response askCode(const Request& request, Host& host);
/// The page of the session for who is in, the way in for everybody else.
Response takePart(const Request& request, Host& host, Reckonings& reckonings);
Response joinSession(const Request& request, Host& host);
Response answer(const Request& request, Host& host, Reckonings& reckonings);
/// Phase and timer, as they change.
Response participantEvents(const Request& request, Host& host);
Response participantState(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
