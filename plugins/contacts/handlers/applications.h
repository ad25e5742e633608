// Joining a network by application.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response showApply(const Request& request, Host& host);
Response apply(const Request& request, Host& host);
/// Only the applicant's own; 404 for everyone else.
Response withdrawApplication(const Request& request, Host& host);

Response listApplications(const Request& request, Host& host);
Response showApplication(const Request& request, Host& host);
Response acceptApplication(const Request& request, Host& host);
Response declineApplication(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
