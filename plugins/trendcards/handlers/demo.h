// Demonstration content: the decks in demo/decks.
#pragma once

#include <string>

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

void loadDemo(Host& host, const std::string& folder);

}  // namespace toimela::trendcards::handlers
