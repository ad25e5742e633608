// Card sessions of the demonstration: some that are over, in three languages, and one that is open.
#pragma once

#include <string>

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// After the decks: each session is held with the first published edition in its language.
void loadSessionDemo(Host& host, const std::string& folder);

}  // namespace toimela::trendcards::handlers
