// The handlers of the notices room; routes.cpp says where each is found and who may call it.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::notices {

Response showChoices(const Request& request, Host& host);
Response saveChoices(const Request& request, Host& host);
Response saveOnePace(const Request& request, Host& host);
Response askUnsubscribe(const Request& request, Host& host);
Response unsubscribe(const Request& request, Host& host);

}  // namespace toimela::notices
