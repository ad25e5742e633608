// Pages that everyone may read.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response listNetworks(const Request& request, Host& host);
Response showRegion(const Request& request, Host& host);
Response showNetwork(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
