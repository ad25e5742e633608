// Changes to decks, editions and cards: rule, save and audit entry in one transaction.
#pragma once

#include <optional>
#include <vector>

#include "domain/deck.h"
#include "toimela/data.h"
#include "toimela/files.h"

namespace toimela::trendcards::operations {

enum class Refusal {
  gone,
  stale,       ///< somebody else saved it first
  published,   ///< a published edition never changes
  draftThere,  ///< the language has a draft already
  themeInUse,
  tooMany,
  inUse        ///< a deck that was published is put aside, never removed
};

/// A new deck with one empty draft; title, language and first theme come with the edition.
DeckId addDeck(WriteTx& tx, Deck deck, Edition first);
/// Key, licence and themes; the drafts follow.
std::optional<Refusal> saveDeck(WriteTx& tx, const Deck& deck);
void putAside(WriteTx& tx, const Deck& deck, bool isAside);
std::optional<Refusal> removeDeck(WriteTx& tx, DeckId id);
/// Undoes that, with all its drafts; false when it is too late.
[[nodiscard]] bool restoreDeck(WriteTx& tx, DeckId id);
/// Those removed before then can not be brought back any more.
void clearRemovedDecks(WriteTx& tx, Instant before);
/// A deck of another place with the newest published editions as drafts; it remembers where it came
/// from. Nothing when there is none to copy.
std::optional<DeckId> copyDeck(WriteTx& tx, DeckId from, std::optional<RegionCode> to);

struct Made {
  EditionId edition;
  std::optional<Refusal> refusal;
};
/// A draft of a language: empty, or with the cards of another edition to be translated.
Made addEdition(WriteTx& tx, DeckId deck, Language language, const std::string& title, std::optional<EditionId> from);
/// A draft of the next version of a published edition.
Made addVersion(WriteTx& tx, EditionId published);
std::optional<Refusal> saveEdition(WriteTx& tx, const Edition& edition);
/// What keeps the draft of that revision from being published; nothing when it is now.
struct Published {
  std::vector<Shortcoming> shortcomings;
  std::optional<Refusal> refusal;
};
Published publish(WriteTx& tx, EditionId id, std::int64_t revision);
std::optional<Refusal> removeDraft(WriteTx& tx, EditionId id);
/// Undoes that: its themes follow the deck again, and those of its cards stay. False when it is too late: there is
/// another draft of its version, or the deck is removed.
[[nodiscard]] bool restoreDraft(WriteTx& tx, EditionId id);
/// Deletes a draft with its cards and the pictures that nothing else shows.
void forgetDraft(WriteTx& tx, EditionId id);
/// Those removed before then can not be brought back any more.
void clearRemovedDrafts(WriteTx& tx, Instant before);

struct SavedCard {
  CardId card;
  std::optional<Refusal> refusal;
};
SavedCard addCard(WriteTx& tx, EditionId edition, Card card, const std::optional<files::Incoming>& picture);
/// `isPictureRemoved`: without a picture from now on. What it showed before can be restored.
std::optional<Refusal> saveCard(WriteTx& tx, Card card, const std::optional<files::Incoming>& picture,
                                bool isPictureRemoved);
std::optional<Refusal> removeCard(WriteTx& tx, CardId id);
/// Undoes that: under its number again, in the edition that comes back. Nothing when it is too late: the draft was
/// published, is full, has lost the card's theme or got another card of its trend. Who may is said by requireUndo().
std::optional<EditionId> restoreCard(WriteTx& tx, CardId id);
/// Those removed before then can not be brought back any more.
void clearRemovedCards(WriteTx& tx, Instant before);
/// Undoes that a picture was removed or replaced, in the edition that comes back. Nothing when it is too late: the draft
/// was published, or the card has had yet another picture.
std::optional<EditionId> restorePicture(WriteTx& tx, CardId id, FileId picture);
/// Those removed before then can not be brought back any more.
void clearRemovedPictures(WriteTx& tx, Instant before);
/// To the number; the others make room.
std::optional<Refusal> moveCard(WriteTx& tx, CardId id, std::int64_t number);
/// Texts of the cards of a draft, by the numbers that they have in its revision; nothing else of them
/// changes, and nothing at all when one of them is gone.
std::optional<Refusal> saveTexts(WriteTx& tx, EditionId edition, std::int64_t revision, const std::vector<Card>& cards);

}  // namespace toimela::trendcards::operations
