// Names of things in the reader's language, and where things are.
#pragma once

#include <string>
#include <string_view>

#include "domain/deck.h"
#include "toimela/wording.h"

namespace toimela::trendcards::view {

class Words : public Wording {
 public:
  using Wording::Wording;

  /// The moment that the page is made at: what is over by it is over everywhere on the page.
  Instant at() const { return at_; }


  /// "suomi", "selkosuomi"; of an edition.
  const std::string& language(const Language& language) const;
  const std::string& colour(Colour colour) const;
  const std::string& licence(Licence licence) const;

 private:
  Instant at_ = now();
};

/// "/trendcards", or a region's.
std::string listPath(const Region* region);
/// "/trendcards/12", without language.
std::string pathOf(DeckId deck);
std::string pathOf(EditionId edition);
std::string pathOf(CollectionId collection);
/// The picture of a card.
std::string picturePath(CardId card);

}  // namespace toimela::trendcards::view
