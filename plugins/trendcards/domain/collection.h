// Cards that somebody keeps together.
#pragma once

#include <cstdint>
#include <string>

#include "domain/ids.h"

namespace toimela::trendcards {

inline constexpr std::size_t kMostCollections = 50, kMostCollected = 120;

struct Collection {
  CollectionId id;
  PersonId owner;
  std::string name;
  std::string shareKey;  ///< who knows it may look, while it is shared
  bool isShared = false;
  std::int64_t cardCount = 0;
};

/// A card of a collection, and where it stands.
struct Collected {
  CardId card;
  DeckId deck;
  EditionId edition;
  std::int64_t number = 0;
  std::string title;
};

}  // namespace toimela::trendcards
