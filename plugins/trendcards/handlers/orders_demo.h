// Printed decks and orders of them in the demonstration.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// Of the decks that are there: a few stocks, and orders in every state. The people are invented.
void loadOrders(Host& host);

}  // namespace toimela::trendcards::handlers
