// Stocks and orders for programs.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::trendcards::handlers {

Response apiStocks(const Request& request, Host& host);
Response apiPlaceOrder(const Request& request, Host& host);
Response apiOrders(const Request& request, Host& host);
Response apiOrder(const Request& request, Host& host);
Response apiAdvanceOrder(const Request& request, Host& host);
void addOrderSchemas(Registry& registry);

}  // namespace toimela::trendcards::handlers
