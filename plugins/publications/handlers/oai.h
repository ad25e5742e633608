// The archive for harvesters.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

/// OAI-PMH 2.0 by GET and POST; errors of the protocol are answered with 200, as section 3.6 has it.
Response harvested(const Request& request, Host& host);

}  // namespace toimela::publications::handlers
