// Card sessions of the demonstration: two that are over, one that is open.
#pragma once

#include <string>

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// After the decks: the sessions are held with the first Finnish edition that is published.
void loadSessionDemo(Host& host, const std::string& folder);

}  // namespace toimela::trendcards::handlers
