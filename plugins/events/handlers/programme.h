// The programme of an event, and quotas for parts of those who come.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response showProgramme(const Request& request, Host& host);

Response newSession(const Request& request, Host& host);
Response addSession(const Request& request, Host& host);
Response editSession(const Request& request, Host& host);
Response saveSession(const Request& request, Host& host);
Response askRemoveSession(const Request& request, Host& host);
Response removeSession(const Request& request, Host& host);

Response newQuota(const Request& request, Host& host);
Response addQuota(const Request& request, Host& host);
Response editQuota(const Request& request, Host& host);
Response saveQuota(const Request& request, Host& host);
Response removeQuota(const Request& request, Host& host);

}  // namespace toimela::events::handlers
