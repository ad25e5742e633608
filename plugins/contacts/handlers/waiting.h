// The box on the dashboard of who coordinates networks: what waits for them there.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

bool fillWaitingTile(const Request& request, Host& host, View& view);

}  // namespace toimela::contacts::handlers
