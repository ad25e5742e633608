// Decks as the API gives them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/collection.h"
#include "domain/deck.h"
#include "toimela/registry.h"

namespace toimela::trendcards::view {

std::string decksJson(const std::vector<ListedDeck>& decks, const std::optional<std::string>& next);
/// With the newest published editions; with drafts and older versions too for editors.
std::string deckJson(const ListedDeck& deck, bool all);
std::string editionJson(const Edition& edition, const Host& host);
std::string cardJson(const Card& card, const Host& host);

struct ListedCollection {
  Collection collection;
  std::vector<Collected> cards;
};
std::string collectionsJson(const std::vector<ListedCollection>& collections, const std::optional<std::string>& next,
                            const Host& host);
std::string collectionJson(const ListedCollection& collection, const Host& host);

void addSchemas(Registry& registry);

}  // namespace toimela::trendcards::view
