// Adding, editing and ending the memberships of a network.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response newMember(const Request& request, Host& host);
Response addMember(const Request& request, Host& host);
Response editMember(const Request& request, Host& host);
Response saveMember(const Request& request, Host& host);
Response confirmEnd(const Request& request, Host& host);
Response endMember(const Request& request, Host& host);
/// Undoes it, for the one who did it.
Response reopenMember(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
