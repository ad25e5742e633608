// What changes leave in the log, and what they tell the search.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "domain/deck.h"
#include "store/decks.h"
#include "toimela/data.h"
#include "toimela/search.h"

namespace toimela::trendcards::operations {

inline constexpr const char* kSearchKind = "card";

inline AuditEntry entry(std::string action, const Deck& deck, nlohmann::ordered_json detail = nlohmann::ordered_json::object()) {
  return {.action = std::move(action),
          .object = "trendcards.deck:" + deck.id.text(),
          .region = deck.region,
          .organisation = {},
          .detail = detail.dump()};
}

/// The cards of the deck's published editions are found, or found no more; in the transaction of the change.
inline void indexAnew(WriteTx& tx, DeckId deck) {
  for (const EditionHead& head : store::editionsOf(tx, deck)) {
    if (!head.isPublished()) continue;
    const auto edition = store::edition(tx, head.id);
    for (const Card& card : edition->cards) search::changed(tx, kSearchKind, card.id.value);
  }
}

}  // namespace toimela::trendcards::operations
