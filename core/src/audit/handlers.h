// The handlers of the audit room; routes.cpp says where each is found and who may call it.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::audit {

inline constexpr Permission kView{"core.audit.view"};

Response showLog(const Request& request, Host& host);

}  // namespace toimela::audit
