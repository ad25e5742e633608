// Inviting people into a network.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response newInvitation(const Request& request, Host& host);
Response sendInvitation(const Request& request, Host& host);
Response sendInvitationAgain(const Request& request, Host& host);
Response withdrawInvitation(const Request& request, Host& host);
Response apiInvite(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
