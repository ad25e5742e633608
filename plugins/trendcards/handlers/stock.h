// What a holder of printed decks does: stocks, the queue of orders, figures.
#pragma once

#include "store/orders.h"
#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// For whom the reader acts: the nation, and regions where the plugin is on.
store::Holders holdersOf(const Request& request, Host& host);

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
