// A place passes from one to the next. The one who leaves writes notes; those who edit the members
// name who follows; whoever has the place reads its history.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response showHandover(const Request& request, Host& host);
Response saveHandoverNotes(const Request& request, Host& host);
Response handOver(const Request& request, Host& host);
Response showHistory(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
