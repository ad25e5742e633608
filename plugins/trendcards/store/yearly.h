// Cards over a year: counts, never people.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "domain/deck.h"
#include "domain/exercise.h"
#include "toimela/data.h"

namespace toimela::trendcards::store {

struct HeldSessions {
  std::int64_t sessions = 0, participants = 0;
};
/// Sessions that somebody came to and that ended in between and not after `now`, by their exercise: of a region, or
/// of the regions where the plugin is on.
std::map<Exercise, HeldSessions> heldSessions(ReadTx& tx, std::optional<RegionCode> region, Instant from, Instant to,
                                              Instant now);
/// Printed decks that were sent to a region, or to regions where the plugin is on.
std::int64_t decksSent(ReadTx& tx, std::optional<RegionCode> region, Instant from, Instant to);

struct PublishedEdition {
  DeckId deck;
  std::string title;
  Locale language;
  Instant at{};
};
/// Editions of decks that everybody may read, published in between, the first one first.
std::vector<PublishedEdition> publishedEditions(ReadTx& tx, std::optional<RegionCode> region, Instant from, Instant to);

}  // namespace toimela::trendcards::store
