// Adding and editing networks.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response newNetwork(const Request& request, Host& host);
Response addNetwork(const Request& request, Host& host);
Response editNetwork(const Request& request, Host& host);
Response saveNetwork(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
