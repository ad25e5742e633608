// The needs map: which trends matter where.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/deck.h"
#include "domain/needs.h"
#include "toimela/table.h"
#include "view/words.h"

namespace toimela::trendcards::view {

inline constexpr std::string_view kNeedsPath = "/trendcards/needs";

/// Cards of a deck that anything was counted of: trend, title and its language.
struct TrendName {
  std::int64_t trend = 0;
  std::string title;
  Locale language = Locale::fi;
};
/// A deck that can be looked at.
struct CountedDeck {
  DeckId id;
  std::string title;
  std::vector<TrendName> trends;
  std::vector<CountedBatch> batches;
};
struct NeedsPage {
  std::vector<std::pair<DeckId, std::string>> decks;  ///< to choose from
  CountedDeck deck;
  NeedFilter filter;
  std::optional<std::int64_t> trend;                  ///< on the map
  std::vector<Need> needs;
};

/// Of the filters' choices.
TableSpec needsTable(const std::vector<std::pair<DeckId, std::string>>& decks, const CountedDeck& deck,
                     const Words& words);
std::vector<TableRow> needRows(const NeedsPage& page, const Words& words);
/// Without its table.
View needsPage(const NeedsPage& page, const Words& words);
std::string needsJson(const NeedsPage& page);

}  // namespace toimela::trendcards::view
