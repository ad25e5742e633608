// Forms by which decks are made.
#pragma once

#include "toimela/form.h"
#include "view/words.h"

namespace toimela::trendcards::view {

FormSpec newDeckFields(const Words& words);
struct NewDeck {
  Deck deck;
  Edition first;
};
/// Of a form without errors.
NewDeck readNewDeck(const Form& form, std::optional<RegionCode> region);

/// Key and licence alone.
FormSpec deckBasics();
/// Key, licence, and of each theme its colour, place and removal; one more theme.
FormSpec deckFields(const Deck& deck, const Words& words);
Form filledDeck(const Deck& deck, const Words& words);
/// The deck as the form says; with errors at its fields.
Deck readDeck(Form& form, Deck deck);

/// Title, introduction and revision alone.
FormSpec editionBasics();
FormSpec editionFields(const Edition& edition, const Words& words);
Form filledEdition(const Edition& edition, const Words& words);
Edition readEdition(const Form& form, Edition edition);

FormSpec cardFields(const Edition& edition, bool hasPicture);
Form filledCard(const Edition& edition, const Card& card);
/// The texts of a card as typed; lengths of lists are checked. Its picture is another matter.
Card readCard(Form& form, Card card);

/// A draft of one more language; `from` are the editions whose cards it can begin with.
FormSpec newEditionFields(const std::vector<Language>& free, const std::vector<EditionHead>& from, const Words& words);
/// Where a deck can be copied to.
FormSpec copyFields(const std::vector<const Region*>& regions, bool nation, const Words& words);

}  // namespace toimela::trendcards::view
