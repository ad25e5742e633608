// Changes by programs: the same forms and operations as the pages, in JSON.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response apiAddNetwork(const Request& request, Host& host);
Response apiSaveNetwork(const Request& request, Host& host);
Response apiAddMember(const Request& request, Host& host);
Response apiSaveMember(const Request& request, Host& host);
Response apiEndMember(const Request& request, Host& host);

Response apiApplications(const Request& request, Host& host);
Response apiApply(const Request& request, Host& host);
Response apiAccept(const Request& request, Host& host);
Response apiDecline(const Request& request, Host& host);
Response apiWithdraw(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
