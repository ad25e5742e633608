// Ordering printed decks, with and without an account.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::trendcards::handlers {

Response showOrderForm(const Request& request, Host& host);
Response submitOrder(const Request& request, Host& host);
Response showPlaced(const Request& request, Host& host);
/// A private link: GET …/orders/{order}/{token}
Response showOwnOrder(const Request& request, Host& host);
Response confirmOwnOrder(const Request& request, Host& host);
Response cancelOwnOrder(const Request& request, Host& host);
Response listOwnOrders(const Request& request, Host& host);

/// Orders that nobody confirms lapse, and what orders say of people is forgotten half a year after their end.
ScheduledJob orderKeeping();
PersonalData orderData();

}  // namespace toimela::trendcards::handlers
