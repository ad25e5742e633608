// Decks and editions in the database.
#pragma once

#include <optional>
#include <vector>

#include "domain/deck.h"
#include "toimela/data.h"

namespace toimela::trendcards::store {

// ---- decks ----

std::optional<Deck> deck(ReadTx& tx, DeckId id);
/// Decks with a published edition that everybody may read: of the nation and, where a region is
/// given, of it; without one of all regions where the plugin is on.
std::vector<ListedDeck> readableDecks(ReadTx& tx, std::optional<RegionCode> region);
/// Those of one place with all their editions, drafts and what was put aside too.
std::vector<ListedDeck> decksOf(ReadTx& tx, std::optional<RegionCode> region);
/// Like readableDecks() of the whole country, page by page.
std::vector<ListedDeck> readableDecksAfter(ReadTx& tx, DeckId after, int limit);
/// All editions of a deck: by language, newest version first.
std::vector<EditionHead> editionsOf(ReadTx& tx, DeckId deck);

DeckId insertDeck(WriteTx& tx, const Deck& deck);
/// Key, licence and themes; false when somebody else saved it first.
bool updateDeck(WriteTx& tx, const Deck& deck);
void setPutAside(WriteTx& tx, DeckId deck, std::optional<Instant> at);
/// Nothing reads it or its editions any longer, and it can be restored.
void removeDeck(WriteTx& tx, DeckId deck);
/// False when it was not removed, or is gone for good.
[[nodiscard]] bool restoreDeck(WriteTx& tx, DeckId deck);
/// Those removed before then, locked.
std::vector<DeckId> removedDecks(WriteTx& tx, Instant before);
/// Of a deck without editions.
void deleteDeck(WriteTx& tx, DeckId deck);
/// Makes changes to a deck and its editions wait for each other.
void lockDeck(WriteTx& tx, DeckId deck);
/// Forgets who made what.
void forgetMaker(WriteTx& tx, PersonId person);
std::vector<DeckId> madeBy(ReadTx& tx, PersonId person);

// ---- editions ----

/// The whole edition with its cards, a draft as well as a published one.
std::optional<Edition> edition(ReadTx& tx, EditionId id);
std::optional<EditionHead> editionHead(ReadTx& tx, EditionId id);
std::optional<EditionHead> draftOf(ReadTx& tx, DeckId deck, Language language);
/// The highest version of the language; 0 when there is none.
std::int64_t newestVersion(ReadTx& tx, DeckId deck, Language language);
/// Its themes and cards go in with it.
EditionId insertEdition(WriteTx& tx, const Edition& edition);
/// Title, introduction and themes of a draft; false when somebody else saved it first.
bool updateEdition(WriteTx& tx, const Edition& edition);
/// Gives the drafts of a deck its themes; names stay with their keys.
void spreadThemes(WriteTx& tx, const Deck& deck);
void publishEdition(WriteTx& tx, EditionId id);
/// Nothing reads it any longer, and it can be restored.
void removeDraft(WriteTx& tx, EditionId id);
std::optional<EditionHead> removedDraft(ReadTx& tx, EditionId id);
/// The one that keeps its version from being made anew.
std::optional<EditionId> removedDraftOf(ReadTx& tx, DeckId deck, Language language);
/// False when it was not removed, or is gone for good.
[[nodiscard]] bool restoreDraft(WriteTx& tx, EditionId id);
/// Those removed before then, locked.
std::vector<EditionId> removedDrafts(WriteTx& tx, Instant before);
/// All drafts of a deck, removed ones too.
std::vector<EditionId> draftsOf(ReadTx& tx, DeckId deck);
/// With its cards; their pictures are the caller's to forget.
std::vector<FileId> deleteDraft(WriteTx& tx, EditionId id);
/// After a change of a draft's cards.
void touchEdition(WriteTx& tx, EditionId id);

// ---- cards ----

std::optional<Card> card(ReadTx& tx, CardId id);
CardId insertCard(WriteTx& tx, EditionId edition, const Card& card);
void updateCard(WriteTx& tx, const Card& card);
/// The edition has it no longer, and it can be restored.
void removeCard(WriteTx& tx, CardId id);
std::optional<Card> removedCard(ReadTx& tx, CardId id);
/// Under its number; false when it was not removed, or is gone for good.
[[nodiscard]] bool restoreCard(WriteTx& tx, CardId id);
/// Deletes cards that were removed before then, or all of an edition or of its trend; their pictures are the
/// caller's to forget.
std::vector<FileId> clearRemovedCards(WriteTx& tx, Instant before);
std::vector<FileId> clearRemovedCards(WriteTx& tx, EditionId edition, std::optional<std::int64_t> trend = {});
/// The picture that a card showed until it was removed or replaced.
struct FormerPicture {
  FileId image;
  std::string alternative;
};
std::optional<FormerPicture> formerPicture(ReadTx& tx, CardId id);
/// In the place of the one before, whose file is the caller's to forget; nothing: there is none to restore.
void putPictureAside(WriteTx& tx, CardId id, const std::optional<FormerPicture>& picture);
/// Those put aside before then; their files are the caller's to forget.
std::vector<FileId> forgetPictures(WriteTx& tx, Instant before);
void setNumber(WriteTx& tx, CardId id, std::int64_t number);
/// The highest trend of the deck, in whatever edition, of removed cards too; 0 without cards.
std::int64_t highestTrend(ReadTx& tx, DeckId deck);
/// The trend that a number stands for in the deck's other editions; nothing when there is none.
std::optional<std::int64_t> trendNumbered(ReadTx& tx, DeckId deck, std::int64_t number);
/// Does any card show the picture, a removed one too, or can it come back to one? Versions and copies share theirs.
bool isPictureUsed(ReadTx& tx, FileId file);
/// Does a card of the deck's drafts or of its newest published editions belong to the theme?
bool isThemeUsed(ReadTx& tx, DeckId deck, std::string_view theme);
/// Cards that everybody may read, of the newest versions: for the search.
std::vector<CardId> readableCardsAfter(ReadTx& tx, CardId after, int limit);

}  // namespace toimela::trendcards::store
