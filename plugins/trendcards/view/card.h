// One card as it is shown, on whatever page.
#pragma once

#include <optional>

#include "view/words.h"

namespace toimela::trendcards::view {

/// A card, with everything that the partial "card" shows. `picture` is its address; unset: the one
/// under which its edition shows it.
View cardView(const Card& card, const Edition& edition, const Words& words);

/// Where a card or a deck is read: every state has an address.
struct CardAddress {
  DeckId deck;
  std::optional<EditionId> edition;  ///< unset: the one that suits the reader
  bool isBack = false;
  bool isFull = false;
};
/// "/trendcards/2/cards/7?side=back", without language.
std::string cardPath(const CardAddress& address, std::int64_t number);
std::string deckPath(const CardAddress& address);
std::string drawPath(const CardAddress& address, const std::vector<std::int64_t>& numbers);

}  // namespace toimela::trendcards::view
