// Whether what is written of a card can be held in a hand, and publishing what can.
#pragma once

#include <vector>

#include "handlers/found.h"
#include "operations/decks.h"
#include "paper/printed.h"

namespace toimela::trendcards::handlers {

/// The size of card that every published deck can be printed in; to smaller ones long texts need not fit.
inline constexpr CardSize kPrintedSize = CardSize::a6;

/// Which sides of a card have too much text for which sizes.
std::vector<paper::Overflow> overflowsOf(const Deck& deck, const Edition& edition, const Card& card, const Host& host);
/// What of the edition is too long for a card of kPrintedSize.
std::vector<Shortcoming> misfits(const Deck& deck, const Edition& edition, const Host& host);

/// Measures the draft and publishes it as it was measured: who saves it meanwhile is not overtaken.
operations::Published publishDraft(const Request& request, Host& host, const Editing& editing);

}  // namespace toimela::trendcards::handlers
