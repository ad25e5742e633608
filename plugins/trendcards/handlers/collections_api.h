// One's own collections, for programs.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response apiCollections(const Request& request, Host& host);
Response apiCollection(const Request& request, Host& host);
Response apiAddCollection(const Request& request, Host& host);
/// `cards` are those that it is to have, in their order; `shared` makes and ends its link.
Response apiChangeCollection(const Request& request, Host& host);
Response apiRemoveCollection(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
