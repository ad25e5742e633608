// What was removed goes for good.
#pragma once

#include "toimela/registry.h"

namespace toimela::trendcards::handlers {

/// Decks, drafts, cards, their pictures, collections and texts of sessions can be taken back for an hour.
ScheduledJob clearing();

}  // namespace toimela::trendcards::handlers
