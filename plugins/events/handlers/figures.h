// Figures of an event, and the report over events.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response showEventFigures(const Request& request, Host& host);
/// Filters project, region and period; ?format=xlsx gives the list of events as a file.
Response showReport(const Request& request, Host& host);

}  // namespace toimela::events::handlers
