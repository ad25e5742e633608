// The networks as JSON, with the same rules of who sees what as the pages.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response apiNetworks(const Request& request, Host& host);
Response apiNetwork(const Request& request, Host& host);
Response apiMembers(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
