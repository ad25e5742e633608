// Series of events.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

/// Events of a series that the one who asks may see.
Response showSeries(const Request& request, Host& host);
Response editSeries(const Request& request, Host& host);
Response saveSeries(const Request& request, Host& host);

/// The series of an event, and making several events of one.
Response planSeries(const Request& request, Host& host);
Response makeSeries(const Request& request, Host& host);
Response joinSeries(const Request& request, Host& host);
Response leaveSeries(const Request& request, Host& host);

}  // namespace toimela::events::handlers
