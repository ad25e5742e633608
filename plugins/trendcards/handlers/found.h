// What an address names, as far as its reader may see it.
#pragma once

#include <optional>
#include <vector>

#include "domain/deck.h"
#include "toimela/host.h"

namespace toimela::trendcards::handlers {

bool mayEdit(const Request& request, Host& host, const Deck& deck);

/// A deck being read, in one of its editions.
struct Reading {
  Deck deck;
  std::vector<EditionHead> editions;  ///< all, drafts too
  Edition edition;
  bool isChosen = false;              ///< by the address, not by the reader's language
  bool mayEdit = false;
};
/// The deck of {deck} in the edition of ?edition=…, else in the one that suits the reader. Throws
/// NotFound where there is none that the reader may see: drafts are for editors.
Reading requireReading(const Request& request, Host& host);

/// A deck, an edition or a card that is being edited, with what it belongs to.
struct Editing {
  Deck deck;
  Edition edition;
};
Deck requireDeck(ReadTx& tx, const Request& request);
/// Of {deck}, with its editions, drafts too.
ListedDeck requireListed(const Request& request, Host& host);
/// One that the reader may copy: with its published editions, or all of them where the reader makes it.
ListedDeck requireCopied(const Request& request, Host& host);
/// Of {edition}.
Editing requireEdition(ReadTx& tx, const Request& request);
/// An edition that a session can begin with: published, of a deck that is not put aside, of a place where the
/// plugin is on.
std::optional<Edition> editionToLead(ReadTx& tx, Host& host, EditionId id);
/// Of {edition}, which must be a draft: a published one never changes (409).
Editing requireDraft(ReadTx& tx, const Request& request);

/// Of {card}, in a draft (409 for a published edition).
struct EditedCard {
  Editing editing;
  Card card;
};
EditedCard requireEditedCard(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
