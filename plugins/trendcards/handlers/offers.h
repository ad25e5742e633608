// What there is to choose from when a deck gets a language, or is copied.
#pragma once

#include <vector>

#include "domain/deck.h"
#include "toimela/form.h"
#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// A draft that {deck} could have: of a language that it lacks, with the cards of one that it has.
struct NewEdition {
  Deck deck;
  std::vector<EditionHead> editions;
  FormSpec fields;
};
NewEdition newEditionOf(const Request& request, Host& host);

/// The fields of a copy: the places at which the reader may make decks.
FormSpec copyFieldsOf(const Request& request, Host& host);
/// The place that was chosen there; nothing is the nation.
std::optional<RegionCode> chosenPlace(const Form& form);

}  // namespace toimela::trendcards::handlers
