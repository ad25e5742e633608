// Pages for those who make decks.
#pragma once

#include "paper/printed.h"
#include "toimela/form.h"
#include "view/card.h"

namespace toimela::trendcards::view {

View workPage(const std::vector<ListedDeck>& decks, std::optional<RegionCode> region, const Words& words);
View deckWorkPage(const ListedDeck& listed, const Words& words);
/// A page with one form: `way` ends with what it is.
View formPage(const Deck* deck, const std::string& deckTitle, const std::string& heading, const std::string& action,
              const std::string& back, const Form& form, std::optional<RegionCode> region, const Words& words);
View editionPage(const Deck& deck, const Edition& edition, const std::vector<Shortcoming>& missing, const Words& words);
/// `overflows`: of the card as it is shown.
View cardFormPage(const Deck& deck, const Edition& edition, const Card& shown, bool isNew, const Form& form,
                  const std::vector<paper::Overflow>& overflows, const Words& words);
/// Asks before something is removed.
View removePage(const Deck& deck, const std::string& deckTitle, const std::string& heading, const std::string& text,
                const std::string& action, const std::string& back, const Words& words);

/// The title that a deck goes by for its makers, whatever state its editions are in.
std::string workingTitle(const std::vector<EditionHead>& editions, const Words& words);
std::string say(const Shortcoming& shortcoming, const Words& words);

}  // namespace toimela::trendcards::view
