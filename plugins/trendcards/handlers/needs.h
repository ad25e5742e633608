// The needs map as a page and for programs.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response showNeeds(const Request& request, Host& host);
Response apiNeeds(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
