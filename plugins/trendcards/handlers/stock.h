// What a holder of printed decks does: stocks, the queue of orders, figures.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response listOrders(const Request& request, Host& host);
Response showOrder(const Request& request, Host& host);
/// Accepts, sends or declines: the field "to" says which.
Response advanceOrder(const Request& request, Host& host);
Response editOrder(const Request& request, Host& host);
Response showOrderFigures(const Request& request, Host& host);

Response newStock(const Request& request, Host& host);
Response addStock(const Request& request, Host& host);
Response editStock(const Request& request, Host& host);
Response saveStock(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
