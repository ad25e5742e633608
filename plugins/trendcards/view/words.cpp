#include "view/words.h"

namespace toimela::trendcards::view {

const std::string& Words::language(const Language& language) const {
  return text("trendcards.language." + (language.isPlain ? "plain" : std::string(code(language.locale))));
}
const std::string& Words::colour(Colour colour) const {
  return text(std::string("trendcards.colour.").append(kColours.code(colour)));
}
const std::string& Words::licence(Licence licence) const {
  return text(std::string("trendcards.licence.").append(kLicences.code(licence)));
}

std::string listPath(const Region* region) {
  return region ? "/regions/" + region->slug + "/trendcards" : "/trendcards";
}
std::string pathOf(DeckId deck) { return "/trendcards/" + deck.text(); }
std::string pathOf(EditionId edition) { return "/trendcards/editions/" + edition.text(); }
std::string pathOf(CollectionId collection) { return "/trendcards/collections/" + collection.text(); }
std::string picturePath(CardId card) { return "/trendcards/cards/" + card.text() + "/picture"; }

}  // namespace toimela::trendcards::view
