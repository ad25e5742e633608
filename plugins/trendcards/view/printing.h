// The page on which somebody chooses how a deck is printed.
#pragma once

#include <vector>

#include "paper/printed.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::trendcards::view {

/// "/trendcards/12/print"
std::string printPath(DeckId deck);

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

View printPage(const Deck& deck, const Edition& edition, const Form& form, const Words& words);

/// A deck as the printer needs it; pictures are put in by whoever reads files.
paper::PrintedDeck printedDeck(const Deck& deck, const Edition& edition, const std::vector<Card>& cards,
                               const Host& host);

}  // namespace toimela::trendcards::view
