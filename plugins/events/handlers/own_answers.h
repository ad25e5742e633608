// What those who registered answer later, and for whom they say they come.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response editAnswers(const Request& request, Host& host);
Response saveAnswers(const Request& request, Host& host);
Response askFollowUp(const Request& request, Host& host);
Response answerFollowUp(const Request& request, Host& host);
Response showOwnFile(const Request& request, Host& host);
Response linkOwn(const Request& request, Host& host);

}  // namespace toimela::events::handlers
