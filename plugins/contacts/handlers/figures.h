// How a network changes over time.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response showFigures(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
