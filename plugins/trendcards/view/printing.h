// The page on which somebody chooses how a deck is printed.
#pragma once

#include <vector>

#include "paper/printed.h"
#include "toimela/form.h"
#include "view/collections.h"

namespace toimela::trendcards::view {

/// "/trendcards/12/print"
std::string printPath(DeckId deck);
std::string printPath(CollectionId collection);

/// How it is to be printed, and which cards.
struct PrintOrder {
  paper::PrintWish wish;
  EditionId edition;
  std::string theme;               ///< key; empty: all
  std::vector<Card> cards;         ///< those that were chosen, by number
};

Form printForm(const std::vector<EditionHead>& editions, const Edition& edition, const Words& words);
/// Reads and checks the form; nothing while it has errors.
std::optional<PrintOrder> readPrintForm(Form& form, const Edition& edition);
FormSpec printFields(const std::vector<EditionHead>& editions, const Edition& edition, const Words& words);

/// `own`: collections of the reader, which are printed by pages of their own.
View printPage(const Deck& deck, const Edition& edition, const Form& form, const std::vector<Collection>& own,
               const Words& words);

/// All cards of a collection, in their order: there is only the paper to choose.
FormSpec sheetFields();
Form sheetForm();
/// Of a form without errors.
paper::PrintWish readWish(const Form& form);
View collectionPrintPage(const Collection& collection, const Form& form, const Words& words);

/// Says at the size that those cards have too much text for it.
void refuseSize(Form& form, const std::vector<paper::Overflow>& overflows);

/// A deck as the printer needs it; pictures are put in by whoever reads files.
paper::PrintedDeck printedDeck(const Deck& deck, const Edition& edition, const std::vector<Card>& cards,
                               const Host& host);
/// Each card with the words and in the language of its own deck.
paper::PrintedDeck printedCollection(const Collection& collection, const std::vector<CollectedCard>& cards,
                                     const Words& words);

}  // namespace toimela::trendcards::view
