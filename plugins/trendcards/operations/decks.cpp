#include "operations/decks.h"

#include <algorithm>
#include <set>

#include "operations/audit.h"
#include "store/decks.h"
#include "toimela/bookkeeping.h"

namespace toimela::trendcards::operations {

namespace {

struct Draft {
  std::optional<Deck> deck;
  std::optional<Edition> edition;
  std::optional<Refusal> refusal;
};
/// The draft, its deck locked; or why it cannot be changed.
Draft findDraft(WriteTx& tx, EditionId id) {
  Draft draft;
  const auto head = store::editionHead(tx, id);
  if (head) store::lockDeck(tx, head->deck);
  draft.edition = store::edition(tx, id);
  if (!draft.edition) draft.refusal = Refusal::gone;
  else if (draft.edition->isPublished()) draft.refusal = Refusal::published;
  if (draft.edition) draft.deck = store::deck(tx, draft.edition->deck);
  if (draft.refusal) tx.unaudited("nothing was changed");
  return draft;
}
Draft draftOfCard(WriteTx& tx, CardId id) {
  const auto card = store::card(tx, id);
  if (card) return findDraft(tx, card->edition);
  tx.unaudited("nothing was changed");
  return {{}, {}, Refusal::gone};
}

nlohmann::ordered_json detailOf(const EditionHead& edition) {
  return {{"edition", edition.id.text()}, {"language", edition.language.code()}, {"version", edition.version}};
}
nlohmann::ordered_json detailOf(const EditionHead& edition, const Card& card) {
  auto detail = detailOf(edition);
  detail["card"] = card.number;
  return detail;
}

void dropPicture(WriteTx& tx, std::optional<FileId> picture) {
  if (picture && !store::isPictureUsed(tx, *picture)) files::remove(tx, *picture);
}

void dropPictures(WriteTx& tx, const std::vector<FileId>& pictures) {
  for (const FileId picture : pictures) dropPicture(tx, picture);
}

/// Numbers run 1, 2, 3 … in the given order.
void renumber(WriteTx& tx, const std::vector<Card>& cards) {
  for (std::size_t i = 0; i < cards.size(); ++i)
    if (cards[i].number != static_cast<std::int64_t>(i) + 1) store::setNumber(tx, cards[i].id, static_cast<std::int64_t>(i) + 1);
}

Refusal refuse(WriteTx& tx, Refusal why) {
  tx.unaudited("nothing was changed");
  return why;
}

/// What the deck has for themes, named as in the edition where that has names.
std::vector<Theme> themesFor(const Deck& deck, const std::vector<Theme>& named) {
  std::vector<Theme> themes;
  for (const DeckTheme& theme : deck.themes) {
    const auto found = std::ranges::find(named, theme.key, &Theme::key);
    themes.push_back({theme.key, theme.colour, found == named.end() ? std::string() : found->name});
  }
  return themes;
}

/// Likewise, and those that an older version alone has stay with its cards.
std::vector<Theme> themesOfDraft(const Deck& deck, const Edition& edition) {
  auto themes = themesFor(deck, edition.themes);
  for (const Theme& theme : edition.themes)
    if (std::ranges::find(themes, theme.key, &Theme::key) == themes.end() &&
        std::ranges::find(edition.cards, theme.key, &Card::theme) != edition.cards.end())
      themes.push_back(theme);
  return themes;
}

/// It takes the place of one that was removed: that one can not come back.
EditionId insertInPlace(WriteTx& tx, const Edition& edition) {
  if (const auto removed = store::removedDraftOf(tx, edition.deck, edition.language)) forgetDraft(tx, *removed);
  return store::insertEdition(tx, edition);
}

/// In the place of the one that was put aside before it, which can not come back.
void keepFormer(WriteTx& tx, CardId id, const std::optional<store::FormerPicture>& picture) {
  const auto older = store::formerPicture(tx, id);
  store::putPictureAside(tx, id, picture);
  if (older) dropPicture(tx, older->image);
}

}  // namespace

DeckId addDeck(WriteTx& tx, Deck deck, Edition first) {
  deck.id = store::insertDeck(tx, deck);
  first.deck = deck.id;
  store::insertEdition(tx, first);
  tx.audit(entry("trendcards.deck.add", deck, {{"key", deck.key}}));
  return deck.id;
}

std::optional<Refusal> saveDeck(WriteTx& tx, const Deck& deck) {
  store::lockDeck(tx, deck.id);
  const auto before = store::deck(tx, deck.id);
  if (!before) return refuse(tx, Refusal::gone);
  for (const DeckTheme& theme : before->themes)
    if (std::ranges::find(deck.themes, theme.key, &DeckTheme::key) == deck.themes.end() &&
        store::isThemeUsed(tx, deck.id, theme.key))
      return refuse(tx, Refusal::themeInUse);
  if (!store::updateDeck(tx, deck)) return refuse(tx, Refusal::stale);
  store::spreadThemes(tx, deck);
  tx.audit(entry("trendcards.deck.save", *before, {{"key", deck.key}, {"licence", kLicences.code(deck.licence)}}));
  return std::nullopt;
}

void putAside(WriteTx& tx, const Deck& deck, bool isAside) {
  store::setPutAside(tx, deck.id, isAside ? std::optional(tx.time()) : std::nullopt);
  tx.audit(entry(isAside ? "trendcards.deck.put_aside" : "trendcards.deck.take_back", deck));
  indexAnew(tx, deck.id);
}

std::optional<Refusal> removeDeck(WriteTx& tx, DeckId id) {
  store::lockDeck(tx, id);
  const auto deck = store::deck(tx, id);
  if (!deck) return refuse(tx, Refusal::gone);
  const auto editions = store::editionsOf(tx, id);
  if (std::ranges::any_of(editions, &EditionHead::isPublished)) return refuse(tx, Refusal::inUse);
  store::removeDeck(tx, id);
  tx.audit(entry("trendcards.deck.remove", *deck, {{"key", deck->key}}));
  return std::nullopt;
}

bool restoreDeck(WriteTx& tx, DeckId id) {
  if (!store::restoreDeck(tx, id)) {
    tx.unaudited("what has changed since stays removed");
    return false;
  }
  const Deck deck = *store::deck(tx, id);
  tx.audit(entry("trendcards.deck.restore", deck, {{"key", deck.key}}));
  return true;
}

void clearRemovedDecks(WriteTx& tx, Instant before) {
  bookkeeping(tx, "their removal is in the log");
  for (const DeckId deck : store::removedDecks(tx, before)) {
    for (const EditionId draft : store::draftsOf(tx, deck)) forgetDraft(tx, draft);
    store::deleteDeck(tx, deck);
  }
}

std::optional<DeckId> copyDeck(WriteTx& tx, DeckId from, std::optional<RegionCode> to) {
  const auto original = store::deck(tx, from);
  const auto editions = original ? readable(store::editionsOf(tx, from)) : std::vector<EditionHead>{};
  if (editions.empty()) {
    tx.unaudited("nothing was copied");
    return std::nullopt;
  }
  Deck copy = *original;
  copy.region = to;
  copy.origin = from;
  copy.id = store::insertDeck(tx, copy);
  for (const EditionHead& head : editions) {
    Edition edition = *store::edition(tx, head.id);
    edition.deck = copy.id;
    edition.origin = head.id;
    edition.version = 1;
    // Pictures are shared: a picture goes with the last card that shows it.
    store::insertEdition(tx, edition);
  }
  tx.audit(entry("trendcards.deck.copy", copy, {{"from", from.text()}}));
  return copy.id;
}

Made addEdition(WriteTx& tx, DeckId id, Language language, const std::string& title, std::optional<EditionId> from) {
  store::lockDeck(tx, id);
  const auto deck = store::deck(tx, id);
  if (!deck) return {{}, refuse(tx, Refusal::gone)};
  if (store::newestVersion(tx, id, language) > 0) return {{}, refuse(tx, Refusal::draftThere)};
  Edition edition;
  if (from) {
    auto source = store::edition(tx, *from);
    if (!source || source->deck != id) return {{}, refuse(tx, Refusal::gone)};
    edition = std::move(*source);
    // Numbers are languages' own affair; themes get their names in the new one.
    for (Theme& theme : edition.themes) theme.name.clear();
  }
  edition.deck = id;
  edition.language = language;
  edition.version = 1;
  edition.origin.reset();
  edition.title = title;
  edition.themes = themesFor(*deck, edition.themes);
  edition.id = insertInPlace(tx, edition);
  tx.audit(entry("trendcards.edition.add", *deck, detailOf(edition)));
  return {edition.id, std::nullopt};
}

Made addVersion(WriteTx& tx, EditionId published) {
  const auto head = store::editionHead(tx, published);
  if (!head || !head->isPublished()) return {{}, refuse(tx, Refusal::gone)};
  store::lockDeck(tx, head->deck);
  if (const auto draft = store::draftOf(tx, head->deck, head->language)) return {draft->id, refuse(tx, Refusal::draftThere)};
  const auto deck = store::deck(tx, head->deck);
  Edition edition = *store::edition(tx, published);
  edition.themes = themesOfDraft(*deck, edition);
  edition.version = store::newestVersion(tx, head->deck, head->language) + 1;
  edition.id = insertInPlace(tx, edition);
  tx.audit(entry("trendcards.edition.add", *deck, detailOf(edition)));
  return {edition.id, std::nullopt};
}

std::optional<Refusal> saveEdition(WriteTx& tx, const Edition& edition) {
  const auto draft = findDraft(tx, edition.id);
  if (draft.refusal) return draft.refusal;
  if (!store::updateEdition(tx, edition)) return refuse(tx, Refusal::stale);
  tx.audit(entry("trendcards.edition.save", *draft.deck, detailOf(edition)));
  return std::nullopt;
}

Published publish(WriteTx& tx, EditionId id, std::int64_t revision) {
  const auto draft = findDraft(tx, id);
  if (draft.refusal) return {{}, draft.refusal};
  if (draft.edition->revision != revision) return {{}, refuse(tx, Refusal::stale)};
  auto missing = shortcomings(*draft.edition);
  if (!missing.empty()) {
    tx.unaudited("nothing was published");
    return {std::move(missing), std::nullopt};
  }
  dropPictures(tx, store::clearRemovedCards(tx, id));
  store::publishEdition(tx, id);
  tx.audit(entry("trendcards.edition.publish", *draft.deck, detailOf(*draft.edition)));
  indexAnew(tx, draft.deck->id);
  return {};
}

std::optional<Refusal> removeDraft(WriteTx& tx, EditionId id) {
  const auto draft = findDraft(tx, id);
  if (draft.refusal) return draft.refusal;
  store::removeDraft(tx, id);
  tx.audit(entry("trendcards.edition.remove", *draft.deck, detailOf(*draft.edition)));
  return std::nullopt;
}

bool restoreDraft(WriteTx& tx, EditionId id) {
  tx.unaudited("what has changed since stays removed");
  const auto removed = store::removedDraft(tx, id);
  if (!removed) return false;
  store::lockDeck(tx, removed->deck);
  const auto deck = store::deck(tx, removed->deck);
  if (!deck || !store::restoreDraft(tx, id)) return false;
  Edition edition = *store::edition(tx, id);
  edition.themes = themesOfDraft(*deck, edition);
  store::updateEdition(tx, edition);
  tx.audit(entry("trendcards.edition.restore", *deck, detailOf(edition)));
  return true;
}

void forgetDraft(WriteTx& tx, EditionId id) { dropPictures(tx, store::deleteDraft(tx, id)); }

void clearRemovedDrafts(WriteTx& tx, Instant before) {
  bookkeeping(tx, "their removal is in the log");
  for (const EditionId draft : store::removedDrafts(tx, before)) forgetDraft(tx, draft);
}

SavedCard addCard(WriteTx& tx, EditionId edition, Card card, const std::optional<files::Incoming>& picture) {
  const auto draft = findDraft(tx, edition);
  if (draft.refusal) return {{}, draft.refusal};
  const auto& cards = draft.edition->cards;
  if (cards.size() >= kMostCards) return {{}, refuse(tx, Refusal::tooMany)};
  card.number = std::ssize(cards) + 1;
  // The card that stands at this place in another language is the same trend, unless this edition has it elsewhere.
  const auto known = store::trendNumbered(tx, draft.deck->id, card.number);
  card.trend = known && std::ranges::find(cards, *known, &Card::trend) == cards.end()
                   ? *known
                   : store::highestTrend(tx, draft.deck->id) + 1;
  if (picture) card.image = files::keep(tx, *picture, std::nullopt);
  // It takes the place of one that was removed: that one can not come back.
  dropPictures(tx, store::clearRemovedCards(tx, edition, card.trend));
  card.id = store::insertCard(tx, edition, card);
  store::touchEdition(tx, edition);
  tx.audit(entry("trendcards.card.add", *draft.deck, detailOf(*draft.edition, card)));
  return {card.id, std::nullopt};
}

std::optional<Refusal> saveCard(WriteTx& tx, Card card, const std::optional<files::Incoming>& picture,
                                bool isPictureRemoved) {
  const auto draft = draftOfCard(tx, card.id);
  if (draft.refusal) return draft.refusal;
  const Card& before = *draft.edition->card(card.id);
  card.image = picture ? std::optional(files::keep(tx, *picture, std::nullopt)) : isPictureRemoved ? std::nullopt : before.image;
  store::updateCard(tx, card);
  if (before.image != card.image)
    keepFormer(tx, card.id,
               before.image ? std::optional(store::FormerPicture{*before.image, before.alternative}) : std::nullopt);
  store::touchEdition(tx, draft.edition->id);
  tx.audit(entry("trendcards.card.save", *draft.deck, detailOf(*draft.edition, card)));
  return std::nullopt;
}

std::optional<Refusal> removeCard(WriteTx& tx, CardId id) {
  const auto draft = draftOfCard(tx, id);
  if (draft.refusal) return draft.refusal;
  auto cards = draft.edition->cards;
  const Card removed = *draft.edition->card(id);
  std::erase_if(cards, [&](const Card& card) { return card.id == id; });
  store::removeCard(tx, id);
  renumber(tx, cards);
  store::touchEdition(tx, draft.edition->id);
  tx.audit(entry("trendcards.card.remove", *draft.deck, detailOf(*draft.edition, removed)));
  return std::nullopt;
}

std::optional<EditionId> restoreCard(WriteTx& tx, CardId id) {
  tx.unaudited("what has changed since stays removed");
  const auto removed = store::removedCard(tx, id);
  if (!removed) return std::nullopt;
  const auto draft = findDraft(tx, removed->edition);
  if (draft.refusal || draft.edition->cards.size() >= kMostCards || !draft.edition->theme(removed->theme) ||
      !store::restoreCard(tx, id))
    return std::nullopt;
  auto cards = draft.edition->cards;
  cards.insert(cards.begin() + std::clamp<std::int64_t>(removed->number - 1, 0, std::ssize(cards)), *removed);
  renumber(tx, cards);
  store::touchEdition(tx, draft.edition->id);
  tx.audit(entry("trendcards.card.restore", *draft.deck, detailOf(*draft.edition, *removed)));
  return draft.edition->id;
}

void clearRemovedCards(WriteTx& tx, Instant before) {
  bookkeeping(tx, "their removal is in the log");
  dropPictures(tx, store::clearRemovedCards(tx, before));
}

std::optional<EditionId> restorePicture(WriteTx& tx, CardId id, FileId picture) {
  tx.unaudited("what has changed since stays removed");
  const auto draft = draftOfCard(tx, id);
  const auto former = draft.refusal ? std::nullopt : store::formerPicture(tx, id);
  if (!former || former->image != picture) return std::nullopt;
  Card card = *draft.edition->card(id);
  const auto instead = card.image;
  card.image = former->image;
  card.alternative = former->alternative;
  store::updateCard(tx, card);
  store::putPictureAside(tx, id, std::nullopt);
  dropPicture(tx, instead);
  store::touchEdition(tx, draft.edition->id);
  tx.audit(entry("trendcards.card.restore_picture", *draft.deck, detailOf(*draft.edition, card)));
  return draft.edition->id;
}

void clearRemovedPictures(WriteTx& tx, Instant before) {
  bookkeeping(tx, "their removal is in the log");
  dropPictures(tx, store::forgetPictures(tx, before));
}

std::optional<Refusal> moveCard(WriteTx& tx, CardId id, std::int64_t number) {
  const auto draft = draftOfCard(tx, id);
  if (draft.refusal) return draft.refusal;
  auto cards = draft.edition->cards;
  const Card moved = *draft.edition->card(id);
  std::erase_if(cards, [&](const Card& card) { return card.id == id; });
  cards.insert(cards.begin() + std::clamp<std::int64_t>(number - 1, 0, std::ssize(cards)), moved);
  renumber(tx, cards);
  store::touchEdition(tx, draft.edition->id);
  tx.audit(entry("trendcards.card.move", *draft.deck, detailOf(*draft.edition, moved)));
  return std::nullopt;
}

std::optional<Refusal> saveTexts(WriteTx& tx, EditionId edition, std::int64_t revision, const std::vector<Card>& cards) {
  const auto draft = findDraft(tx, edition);
  if (draft.refusal) return draft.refusal;
  // Whoever moves or removes a card changes the numbers of others.
  const auto isThere = [&](const Card& texts) { return draft.edition->numbered(texts.number) != nullptr; };
  if (draft.edition->revision != revision || !std::ranges::all_of(cards, isThere)) return refuse(tx, Refusal::stale);
  for (const Card& texts : cards) {
    Card card = *draft.edition->numbered(texts.number);
    card.title = texts.title;
    card.front = texts.front;
    card.back = texts.back;
    card.sources = texts.sources;
    card.alternative = texts.alternative;
    card.tags = texts.tags;
    store::updateCard(tx, card);
  }
  store::touchEdition(tx, edition);
  tx.audit(entry("trendcards.edition.texts", *draft.deck, detailOf(*draft.edition)));
  return std::nullopt;
}

}  // namespace toimela::trendcards::operations
