// Demonstration content: sessions that were held in several regions, and the needs map of them.
#pragma once

#include <string>

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// After the decks. Without a deck there are no sessions.
void loadHeldSessions(Host& host, const std::string& folder);

}  // namespace toimela::trendcards::handlers
