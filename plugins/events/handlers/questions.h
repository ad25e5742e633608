// The questions of an event, for those who organise it.
#pragma once

#include "toimela/route.h"

namespace toimela::events::handlers {

Response listQuestions(const Request& request, Host& host);
Response newQuestion(const Request& request, Host& host);
Response addQuestion(const Request& request, Host& host);
Response addReadyMade(const Request& request, Host& host);
Response editQuestion(const Request& request, Host& host);
Response saveQuestion(const Request& request, Host& host);
Response raiseQuestion(const Request& request, Host& host);
Response removeQuestion(const Request& request, Host& host);

}  // namespace toimela::events::handlers
