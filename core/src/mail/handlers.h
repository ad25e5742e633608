// The handlers of the mail room; routes.cpp says where each is found and who may call it.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::mail {

inline constexpr Permission kView{"core.mail.view"};

Response showOutbox(const Request& request, Host& host);
Response showMessage(const Request& request, Host& host);

}  // namespace toimela::mail
