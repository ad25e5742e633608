// Cards that somebody keeps together.
#pragma once

#include <string>
#include <vector>

#include "domain/ids.h"

namespace toimela::trendcards {

inline constexpr std::size_t kMostCollections = 50, kMostCollected = 120;

struct Collection {
  CollectionId id;
  PersonId owner;
  std::string name;
  std::string shareKey;  ///< who knows it may look
  std::int64_t cardCount = 0;
};

}  // namespace toimela::trendcards
