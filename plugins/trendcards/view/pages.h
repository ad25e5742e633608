// Pages for readers of decks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/collection.h"
#include "view/card.h"

namespace toimela::trendcards::view {

View listPage(const std::vector<ListedDeck>& decks, std::optional<RegionCode> region, bool edits, const Words& words);

struct DeckFilter {
  std::string theme, tag;  ///< empty: all
};
View deckPage(const Deck& deck, const std::vector<EditionHead>& editions, const Edition& edition,
              const CardAddress& address, const DeckFilter& filter, const std::optional<EditionHead>& origin,
              bool edits, const Words& words);
View cardPage(const Deck& deck, const Edition& edition, const Card& card, const CardAddress& address,
              const std::vector<Collection>& collections, const Words& words);
View drawPage(const Deck& deck, const Edition& edition, const CardAddress& address,
              const std::vector<std::int64_t>& drawn, const Words& words);
void fillTile(View& view, const std::vector<ListedDeck>& decks, std::optional<RegionCode> region, const Words& words);

/// The way to a page of a deck.
std::vector<Step> wayTo(const Deck& deck, const std::string& title, const Words& words);

}  // namespace toimela::trendcards::view
