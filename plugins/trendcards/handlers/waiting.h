// The box on the dashboard of who leads card sessions or holds printed decks: what waits for them.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

bool fillWorkTile(const Request& request, Host& host, View& view);

}  // namespace toimela::trendcards::handlers
