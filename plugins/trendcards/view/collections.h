// Pages of collections.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/collection.h"
#include "view/card.h"

namespace toimela::trendcards::view {

struct CollectedCard {
  Card card;
  Edition edition;
  Deck deck;
};

/// By which whoever has the link looks.
std::string sharedPath(const Collection& collection);

/// A row for each, which leads to `path` of it.
void setCollections(View& view, const std::vector<Collection>& collections,
                    const std::function<std::string(CollectionId)>& path, const Words& words);

View collectionsPage(const std::vector<Collection>& collections, const Form& form, const Words& words);
View collectionPage(const Collection& collection, const std::vector<CollectedCard>& cards, const Form& form,
                    const Words& words);
View sharedPage(const Collection& collection, const std::vector<CollectedCard>& cards, const Words& words);

}  // namespace toimela::trendcards::view
