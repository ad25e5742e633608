#include "store/decks.h"

#include <algorithm>

#include "store/stored.h"

namespace toimela::trendcards::store {

namespace {

#define DECK "d.id, d.region, d.key, d.licence, d.origin_deck_id, d.put_aside_at, d.revision "
#define HEAD                                                                                        \
  "e.id, e.deck_id, e.language, e.is_plain, e.version, e.state, e.title, e.published_at, "          \
  "e.origin_edition_id, (SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_card c WHERE c.edition_id = e.id " \
  "AND c.removed_at IS NULL), "                                                                             \
  "e.revision "
#define CARD                                                                                       \
  "id, edition_id, number, trend, theme, title, front, back, sources, tags, image_id, alternative "
// Neither the edition nor its deck is removed.
#define IS_THERE                                                                                   \
  "e.removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM trendcards_deck r WHERE r.id = e.deck_id "   \
  "AND r.removed_at IS NOT NULL) "
// Of the nation, or of a region where the plugin is on.
#define IS_PUBLIC                                                                                  \
  "d.put_aside_at IS NULL AND (d.region IS NULL OR d.region IN (SELECT a.region FROM "             \
  "core_plugin_active a WHERE a.plugin = 'trendcards')) AND EXISTS (SELECT 1 FROM "                \
  "trendcards_edition p WHERE p.deck_id = d.id AND p.state = 'published') "

constexpr Sql kDeck{"trendcards.deck.find", "SELECT " DECK "FROM trendcards_deck d WHERE d.id = :id AND d.removed_at IS NULL"};
constexpr Sql kThemesOfDeck{"trendcards.deck_theme.of_deck",
                            "SELECT key, colour FROM trendcards_deck_theme WHERE deck_id = :deck ORDER BY position"};
constexpr Sql kReadable{"trendcards.deck.readable",
                        "SELECT " DECK "FROM trendcards_deck d WHERE " IS_PUBLIC
                        "AND (CAST(:region AS TEXT) IS NULL OR d.region IS NULL OR d.region = CAST(:region AS TEXT)) "
                        "ORDER BY CASE WHEN d.region IS NULL THEN 0 ELSE 1 END, d.region, d.id LIMIT 500"};
constexpr Sql kReadableAfter{"trendcards.deck.readable_after",
                             "SELECT " DECK "FROM trendcards_deck d WHERE d.id > :after AND " IS_PUBLIC
                             "ORDER BY d.id LIMIT :limit"};
constexpr Sql kDecksOf{"trendcards.deck.of_place",
                       "SELECT " DECK "FROM trendcards_deck d WHERE d.removed_at IS NULL AND (d.region = CAST(:region AS TEXT) OR "
                       "(d.region IS NULL AND CAST(:region AS TEXT) IS NULL)) ORDER BY d.id LIMIT 500"};
constexpr Sql kEditionsOf{"trendcards.edition.of_deck",
                          "SELECT " HEAD "FROM trendcards_edition e WHERE e.deck_id = :deck AND e.removed_at IS NULL "
                          "ORDER BY CASE e.language WHEN 'fi' THEN 1 WHEN 'sv' THEN 2 ELSE 3 END, e.is_plain, "
                          "e.version DESC"};
constexpr Sql kInsertDeck{"trendcards.deck.insert",
                          "INSERT INTO trendcards_deck (region, key, licence, origin_deck_id, created_by, created_at, "
                          "revision) VALUES (:region, :key, :licence, :origin, :by, :at, 1) RETURNING id"};
constexpr Sql kUpdateDeck{"trendcards.deck.update",
                          "UPDATE trendcards_deck SET key = :key, licence = :licence, revision = revision + 1 "
                          "WHERE id = :id AND revision = :revision"};
constexpr Sql kPutAside{"trendcards.deck.put_aside", "UPDATE trendcards_deck SET put_aside_at = :at WHERE id = :id"};
constexpr Sql kRemoveDeck{"trendcards.deck.remove", "UPDATE trendcards_deck SET removed_at = :at WHERE id = :id"};
constexpr Sql kRestoreDeck{"trendcards.deck.restore",
                           "UPDATE trendcards_deck SET removed_at = NULL WHERE id = :id AND removed_at IS NOT NULL"};
// Found and locked at once: who restores one meanwhile waits, and comes too late.
constexpr Sql kRemovedDecks{"trendcards.deck.removed",
                            "UPDATE trendcards_deck SET revision = revision WHERE removed_at < :before RETURNING id"};
constexpr Sql kDeleteDeck{"trendcards.deck.delete", "DELETE FROM trendcards_deck WHERE id = :id"};
constexpr Sql kLockDeck{"trendcards.deck.lock", "UPDATE trendcards_deck SET revision = revision WHERE id = :id"};
constexpr Sql kForgetMaker{"trendcards.deck.forget",
                           "UPDATE trendcards_deck SET created_by = NULL WHERE created_by = :person"};
constexpr Sql kMadeBy{"trendcards.deck.made_by", "SELECT id FROM trendcards_deck WHERE created_by = :person ORDER BY id"};
constexpr Sql kClearDeckThemes{"trendcards.deck_theme.clear", "DELETE FROM trendcards_deck_theme WHERE deck_id = :deck"};
constexpr Sql kAddDeckTheme{"trendcards.deck_theme.insert",
                            "INSERT INTO trendcards_deck_theme (deck_id, key, position, colour) "
                            "VALUES (:deck, :key, :position, :colour)"};

constexpr Sql kEditionHead{"trendcards.edition.find", "SELECT " HEAD "FROM trendcards_edition e WHERE e.id = :id AND " IS_THERE};
constexpr Sql kRemovedDraft{"trendcards.edition.find_removed",
                            "SELECT " HEAD "FROM trendcards_edition e WHERE e.id = :id AND e.removed_at IS NOT NULL"};
constexpr Sql kRemovedDraftOf{"trendcards.edition.removed_of_language",
                              "SELECT e.id FROM trendcards_edition e WHERE e.deck_id = :deck AND e.language = :language "
                              "AND e.is_plain = :plain AND e.removed_at IS NOT NULL"};
constexpr Sql kIntroduction{"trendcards.edition.introduction",
                            "SELECT introduction FROM trendcards_edition WHERE id = :id"};
constexpr Sql kThemesOfEdition{"trendcards.edition_theme.of_edition",
                               "SELECT key, colour, name FROM trendcards_edition_theme WHERE edition_id = :edition "
                               "ORDER BY position"};
constexpr Sql kDraftOf{"trendcards.edition.draft",
                       "SELECT " HEAD "FROM trendcards_edition e WHERE e.deck_id = :deck AND e.language = :language "
                       "AND e.is_plain = :plain AND e.state = 'draft' AND e.removed_at IS NULL"};
constexpr Sql kNewestVersion{"trendcards.edition.newest_version",
                             "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM trendcards_edition "
                             "WHERE deck_id = :deck AND language = :language AND is_plain = :plain AND removed_at IS NULL"};
constexpr Sql kInsertEdition{"trendcards.edition.insert",
                             "INSERT INTO trendcards_edition (deck_id, language, is_plain, version, state, title, "
                             "introduction, origin_edition_id, created_at, published_at, revision) VALUES (:deck, "
                             ":language, :plain, :version, 'draft', :title, :introduction, :origin, :at, NULL, 1) "
                             "RETURNING id"};
constexpr Sql kUpdateEdition{"trendcards.edition.update",
                             "UPDATE trendcards_edition SET title = :title, introduction = :introduction, "
                             "revision = revision + 1 WHERE id = :id AND revision = :revision AND state = 'draft'"};
constexpr Sql kPublish{"trendcards.edition.publish",
                       "UPDATE trendcards_edition SET state = 'published', published_at = :at, "
                       "revision = revision + 1 WHERE id = :id AND state = 'draft'"};
constexpr Sql kTouch{"trendcards.edition.touch",
                     "UPDATE trendcards_edition SET revision = revision + 1 WHERE id = :id AND state = 'draft'"};
constexpr Sql kRemoveEdition{"trendcards.edition.remove",
                             "UPDATE trendcards_edition SET removed_at = :at WHERE id = :id AND state = 'draft'"};
constexpr Sql kRestoreEdition{"trendcards.edition.restore",
                              "UPDATE trendcards_edition SET removed_at = NULL WHERE id = :id AND removed_at IS NOT NULL"};
constexpr Sql kRemovedDrafts{"trendcards.edition.removed",
                             "UPDATE trendcards_edition SET revision = revision WHERE removed_at < :before RETURNING id"};
constexpr Sql kDraftsOf{"trendcards.edition.drafts_of_deck",
                        "SELECT id FROM trendcards_edition WHERE deck_id = :deck AND state = 'draft' ORDER BY id"};
constexpr Sql kDeleteEdition{"trendcards.edition.delete",
                             "DELETE FROM trendcards_edition WHERE id = :id AND state = 'draft'"};
constexpr Sql kForgetOrigin{"trendcards.edition.forget_origin",
                            "UPDATE trendcards_edition SET origin_edition_id = NULL WHERE origin_edition_id = :id"};
constexpr Sql kForgetDeckOrigin{"trendcards.deck.forget_origin",
                                "UPDATE trendcards_deck SET origin_deck_id = NULL WHERE origin_deck_id = :id"};
constexpr Sql kClearThemes{"trendcards.edition_theme.clear",
                           "DELETE FROM trendcards_edition_theme WHERE edition_id = :edition"};
constexpr Sql kAddTheme{"trendcards.edition_theme.insert",
                        "INSERT INTO trendcards_edition_theme (edition_id, key, position, colour, name) "
                        "VALUES (:edition, :key, :position, :colour, :name)"};

constexpr Sql kCardsOf{"trendcards.card.of_edition",
                       "SELECT " CARD "FROM trendcards_card WHERE edition_id = :edition AND removed_at IS NULL "
                       "ORDER BY number, id"};
constexpr Sql kCard{"trendcards.card.find",
                    "SELECT " CARD "FROM trendcards_card WHERE id = :id AND removed_at IS NULL AND edition_id IN "
                    "(SELECT e.id FROM trendcards_edition e WHERE " IS_THERE ")"};
constexpr Sql kRemovedCard{"trendcards.card.find_removed",
                           "SELECT " CARD "FROM trendcards_card WHERE id = :id AND removed_at IS NOT NULL"};
constexpr Sql kInsertCard{"trendcards.card.insert",
                          "INSERT INTO trendcards_card (edition_id, number, trend, theme, title, front, back, sources, "
                          "tags, image_id, alternative) VALUES (:edition, :number, :trend, :theme, :title, :front, "
                          ":back, :sources, :tags, :image, :alternative) RETURNING id"};
constexpr Sql kUpdateCard{"trendcards.card.update",
                          "UPDATE trendcards_card SET theme = :theme, title = :title, front = :front, back = :back, "
                          "sources = :sources, tags = :tags, image_id = :image, alternative = :alternative "
                          "WHERE id = :id"};
constexpr Sql kRemoveCard{"trendcards.card.remove", "UPDATE trendcards_card SET removed_at = :at WHERE id = :id"};
constexpr Sql kRestoreCard{"trendcards.card.restore",
                           "UPDATE trendcards_card SET removed_at = NULL WHERE id = :id AND removed_at IS NOT NULL"};
constexpr Sql kClearRemoved{"trendcards.card.clear_removed",
                            "DELETE FROM trendcards_card WHERE removed_at < :before RETURNING image_id, former_image_id"};
constexpr Sql kClearRemovedOf{"trendcards.card.clear_removed_of_edition",
                              "DELETE FROM trendcards_card WHERE edition_id = :edition AND removed_at IS NOT NULL "
                              "AND (CAST(:trend AS BIGINT) IS NULL OR trend = CAST(:trend AS BIGINT)) "
                              "RETURNING image_id, former_image_id"};
constexpr Sql kClearCards{"trendcards.card.clear",
                          "DELETE FROM trendcards_card WHERE edition_id = :edition RETURNING image_id, former_image_id"};
constexpr Sql kFormerPicture{"trendcards.card.former_picture",
                             "SELECT former_image_id, former_alternative FROM trendcards_card WHERE id = :id "
                             "AND former_image_id IS NOT NULL"};
constexpr Sql kPutPictureAside{"trendcards.card.put_picture_aside",
                               "UPDATE trendcards_card SET former_image_id = :image, former_alternative = :alternative, "
                               "picture_removed_at = :at WHERE id = :id"};
constexpr Sql kFormerPictures{"trendcards.card.former_pictures",
                              "SELECT former_image_id FROM trendcards_card WHERE picture_removed_at < :before"};
constexpr Sql kForgetPictures{"trendcards.card.forget_pictures",
                              "UPDATE trendcards_card SET former_image_id = NULL, former_alternative = NULL, "
                              "picture_removed_at = NULL WHERE picture_removed_at < :before"};
constexpr Sql kNumber{"trendcards.card.number", "UPDATE trendcards_card SET number = :number WHERE id = :id"};
constexpr Sql kHighestTrend{"trendcards.card.highest_trend",
                            "SELECT CAST(COALESCE(MAX(c.trend), 0) AS BIGINT) FROM trendcards_card c "
                            "JOIN trendcards_edition e ON e.id = c.edition_id WHERE e.deck_id = :deck"};
constexpr Sql kTrendNumbered{"trendcards.card.trend_numbered",
                             "SELECT c.trend FROM trendcards_card c JOIN trendcards_edition e ON e.id = c.edition_id "
                             "WHERE e.deck_id = :deck AND c.number = :number AND c.removed_at IS NULL "
                             "AND e.removed_at IS NULL "
                             "ORDER BY e.id DESC LIMIT 1"};
constexpr Sql kPictureUses{"trendcards.card.picture_uses",
                           "SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_card WHERE image_id = :file "
                           "OR former_image_id = :file"};
// Older published versions have their own copy of their themes.
#define IS_NEWEST                                                                                  \
  "NOT EXISTS (SELECT 1 FROM trendcards_edition n WHERE n.deck_id = e.deck_id AND "                \
  "n.language = e.language AND n.is_plain = e.is_plain AND n.state = e.state AND n.version > e.version) "
constexpr Sql kThemeUses{"trendcards.card.theme_uses",
                         "SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_card c JOIN trendcards_edition e "
                         "ON e.id = c.edition_id WHERE e.deck_id = :deck AND c.theme = :theme AND c.removed_at IS NULL "
                         "AND e.removed_at IS NULL AND " IS_NEWEST};
constexpr Sql kReadableCards{"trendcards.card.readable_after",
                             "SELECT c.id FROM trendcards_card c JOIN trendcards_edition e ON e.id = c.edition_id "
                             "JOIN trendcards_deck d ON d.id = e.deck_id WHERE c.id > :after AND e.state = 'published' "
                             "AND " IS_NEWEST "AND " IS_PUBLIC "ORDER BY c.id LIMIT :limit"};
#undef DECK
#undef HEAD
#undef CARD
#undef IS_THERE
#undef IS_PUBLIC
#undef IS_NEWEST

Deck toDeck(DeckId id, std::optional<RegionCode> region, std::string key, Licence licence,
            std::optional<DeckId> origin, std::optional<Instant> putAsideAt, std::int64_t revision) {
  return {.id = id,
          .region = region,
          .key = std::move(key),
          .licence = licence,
          .themes = {},
          .origin = origin,
          .putAsideAt = putAsideAt,
          .revision = revision};
}

EditionHead toHead(EditionId id, DeckId deck, Locale locale, bool isPlain, std::int64_t version, EditionState state,
                   std::string title, std::optional<Instant> publishedAt, std::optional<EditionId> origin,
                   std::int64_t cardCount, std::int64_t revision) {
  return {id, deck, {locale, isPlain}, version, state, std::move(title), publishedAt, origin, cardCount, revision};
}

Card toCard(CardId id, EditionId edition, std::int64_t number, std::int64_t trend, std::string theme,
            std::string title, std::string front, std::string back, std::string sources, std::string tags,
            std::optional<FileId> image, std::string alternative) {
  return {.id = id,
          .edition = edition,
          .number = number,
          .trend = trend,
          .theme = std::move(theme),
          .title = std::move(title),
          .front = std::move(front),
          .back = std::move(back),
          .sources = lines(sources),
          .image = image,
          .alternative = std::move(alternative),
          .tags = lines(tags)};
}

void addThemes(ReadTx& tx, Deck& deck) {
  deck.themes = tx.all(kThemesOfDeck, [](std::string key, Colour colour) { return DeckTheme{std::move(key), colour}; },
                       deck.id);
}

std::vector<ListedDeck> listed(ReadTx& tx, std::vector<Deck> decks) {
  std::vector<ListedDeck> found;
  for (Deck& deck : decks) {
    addThemes(tx, deck);
    auto editions = editionsOf(tx, deck.id);
    found.push_back({std::move(deck), std::move(editions)});
  }
  return found;
}

void writeDeckThemes(WriteTx& tx, DeckId deck, const std::vector<DeckTheme>& themes) {
  tx.run(kClearDeckThemes, deck);
  for (std::size_t i = 0; i < themes.size(); ++i) tx.run(kAddDeckTheme, deck, themes[i].key, i + 1, themes[i].colour);
}

void writeThemes(WriteTx& tx, EditionId edition, const std::vector<Theme>& themes) {
  tx.run(kClearThemes, edition);
  for (std::size_t i = 0; i < themes.size(); ++i)
    tx.run(kAddTheme, edition, themes[i].key, i + 1, themes[i].colour, themes[i].name);
}

/// Their pictures.
template <class... Arguments>
std::vector<FileId> cleared(WriteTx& tx, const Sql& sql, const Arguments&... arguments) {
  std::vector<FileId> pictures;
  using Two = std::pair<std::optional<FileId>, std::optional<FileId>>;
  for (const auto& [image, former] : tx.all(
           sql, [](std::optional<FileId> shown, std::optional<FileId> before) { return Two{shown, before}; }, arguments...)) {
    if (image) pictures.push_back(*image);
    if (former) pictures.push_back(*former);
  }
  return pictures;
}

std::vector<Theme> themesOf(ReadTx& tx, EditionId edition) {
  return tx.all(kThemesOfEdition,
                [](std::string key, Colour colour, std::string name) {
                  return Theme{std::move(key), colour, std::move(name)};
                },
                edition);
}

}  // namespace

std::optional<Deck> deck(ReadTx& tx, DeckId id) {
  auto found = tx.first(kDeck, toDeck, id);
  if (found) addThemes(tx, *found);
  return found;
}
std::vector<ListedDeck> readableDecks(ReadTx& tx, std::optional<RegionCode> region) {
  return listed(tx, tx.all(kReadable, toDeck, region));
}
std::vector<ListedDeck> decksOf(ReadTx& tx, std::optional<RegionCode> region) {
  return listed(tx, tx.all(kDecksOf, toDeck, region));
}
std::vector<ListedDeck> readableDecksAfter(ReadTx& tx, DeckId after, int limit) {
  return listed(tx, tx.all(kReadableAfter, toDeck, after, limit));
}
std::vector<EditionHead> editionsOf(ReadTx& tx, DeckId deck) { return tx.all(kEditionsOf, toHead, deck); }

DeckId insertDeck(WriteTx& tx, const Deck& deck) {
  const auto id = tx.insert<DeckId>(kInsertDeck, deck.region, deck.key, deck.licence, deck.origin, tx.actor(), tx.time());
  writeDeckThemes(tx, id, deck.themes);
  return id;
}
bool updateDeck(WriteTx& tx, const Deck& deck) {
  if (tx.run(kUpdateDeck, deck.key, deck.licence, deck.id, deck.revision) != 1) return false;
  writeDeckThemes(tx, deck.id, deck.themes);
  return true;
}
void setPutAside(WriteTx& tx, DeckId deck, std::optional<Instant> at) { tx.run(kPutAside, at, deck); }
void removeDeck(WriteTx& tx, DeckId deck) { tx.run(kRemoveDeck, tx.time(), deck); }
bool restoreDeck(WriteTx& tx, DeckId deck) { return tx.run(kRestoreDeck, deck) == 1; }
std::vector<DeckId> removedDecks(WriteTx& tx, Instant before) {
  return tx.all(kRemovedDecks, [](DeckId id) { return id; }, before);
}
void deleteDeck(WriteTx& tx, DeckId deck) {
  tx.run(kClearDeckThemes, deck);
  tx.run(kForgetDeckOrigin, deck);
  tx.run(kDeleteDeck, deck);
}
void lockDeck(WriteTx& tx, DeckId deck) { tx.run(kLockDeck, deck); }
void forgetMaker(WriteTx& tx, PersonId person) { tx.run(kForgetMaker, person); }
std::vector<DeckId> madeBy(ReadTx& tx, PersonId person) {
  return tx.all(kMadeBy, [](DeckId id) { return id; }, person);
}

std::optional<EditionHead> editionHead(ReadTx& tx, EditionId id) { return tx.first(kEditionHead, toHead, id); }
std::optional<Edition> edition(ReadTx& tx, EditionId id) {
  auto head = editionHead(tx, id);
  if (!head) return std::nullopt;
  Edition found;
  static_cast<EditionHead&>(found) = std::move(*head);
  found.introduction = tx.value<std::string>(kIntroduction, id);
  found.themes = themesOf(tx, id);
  found.cards = tx.all(kCardsOf, toCard, id);
  return found;
}
std::optional<EditionHead> draftOf(ReadTx& tx, DeckId deck, Language language) {
  return tx.first(kDraftOf, toHead, deck, language.locale, language.isPlain);
}
std::int64_t newestVersion(ReadTx& tx, DeckId deck, Language language) {
  return tx.value<std::int64_t>(kNewestVersion, deck, language.locale, language.isPlain);
}
EditionId insertEdition(WriteTx& tx, const Edition& edition) {
  const auto id = tx.insert<EditionId>(kInsertEdition, edition.deck, edition.language.locale, edition.language.isPlain,
                                       edition.version, edition.title, edition.introduction, edition.origin, tx.time());
  writeThemes(tx, id, edition.themes);
  for (const Card& card : edition.cards) insertCard(tx, id, card);
  return id;
}
bool updateEdition(WriteTx& tx, const Edition& edition) {
  if (tx.run(kUpdateEdition, edition.title, edition.introduction, edition.id, edition.revision) != 1) return false;
  writeThemes(tx, edition.id, edition.themes);
  return true;
}
void spreadThemes(WriteTx& tx, const Deck& deck) {
  for (const EditionHead& head : editionsOf(tx, deck.id)) {
    if (head.isPublished()) continue;
    const auto before = themesOf(tx, head.id);
    std::vector<Theme> themes;
    for (const DeckTheme& theme : deck.themes) {
      const auto named = std::ranges::find(before, theme.key, &Theme::key);
      themes.push_back({theme.key, theme.colour, named == before.end() ? std::string() : named->name});
    }
    writeThemes(tx, head.id, themes);
    touchEdition(tx, head.id);
  }
}
void publishEdition(WriteTx& tx, EditionId id) { tx.run(kPublish, tx.time(), id); }
void removeDraft(WriteTx& tx, EditionId id) { tx.run(kRemoveEdition, tx.time(), id); }
std::optional<EditionHead> removedDraft(ReadTx& tx, EditionId id) { return tx.first(kRemovedDraft, toHead, id); }
std::optional<EditionId> removedDraftOf(ReadTx& tx, DeckId deck, Language language) {
  return tx.first(kRemovedDraftOf, [](EditionId id) { return id; }, deck, language.locale, language.isPlain);
}
bool restoreDraft(WriteTx& tx, EditionId id) { return tx.run(kRestoreEdition, id) == 1; }
std::vector<EditionId> removedDrafts(WriteTx& tx, Instant before) {
  return tx.all(kRemovedDrafts, [](EditionId id) { return id; }, before);
}
std::vector<EditionId> draftsOf(ReadTx& tx, DeckId deck) {
  return tx.all(kDraftsOf, [](EditionId id) { return id; }, deck);
}
std::vector<FileId> deleteDraft(WriteTx& tx, EditionId id) {
  tx.run(kForgetOrigin, id);
  auto pictures = cleared(tx, kClearCards, id);
  tx.run(kClearThemes, id);
  tx.run(kDeleteEdition, id);
  return pictures;
}
void touchEdition(WriteTx& tx, EditionId id) { tx.run(kTouch, id); }

std::optional<Card> card(ReadTx& tx, CardId id) { return tx.first(kCard, toCard, id); }
CardId insertCard(WriteTx& tx, EditionId edition, const Card& card) {
  return tx.insert<CardId>(kInsertCard, edition, card.number, card.trend, card.theme, card.title, card.front, card.back,
                           joined(card.sources, "\n"), joined(card.tags, "\n"), card.image, card.alternative);
}
void updateCard(WriteTx& tx, const Card& card) {
  tx.run(kUpdateCard, card.theme, card.title, card.front, card.back, joined(card.sources, "\n"), joined(card.tags, "\n"),
         card.image, card.alternative, card.id);
}
void removeCard(WriteTx& tx, CardId id) { tx.run(kRemoveCard, tx.time(), id); }
std::optional<Card> removedCard(ReadTx& tx, CardId id) { return tx.first(kRemovedCard, toCard, id); }
bool restoreCard(WriteTx& tx, CardId id) { return tx.run(kRestoreCard, id) == 1; }
std::vector<FileId> clearRemovedCards(WriteTx& tx, Instant before) { return cleared(tx, kClearRemoved, before); }
std::vector<FileId> clearRemovedCards(WriteTx& tx, EditionId edition, std::optional<std::int64_t> trend) {
  return cleared(tx, kClearRemovedOf, edition, trend);
}
std::optional<FormerPicture> formerPicture(ReadTx& tx, CardId id) {
  return tx.first(
      kFormerPicture, [](FileId image, std::string alternative) { return FormerPicture{image, std::move(alternative)}; }, id);
}
void putPictureAside(WriteTx& tx, CardId id, const std::optional<FormerPicture>& picture) {
  const auto image = picture ? std::optional(picture->image) : std::nullopt;
  const auto alternative = picture ? std::optional(picture->alternative) : std::nullopt;
  tx.run(kPutPictureAside, image, alternative, picture ? std::optional(tx.time()) : std::nullopt, id);
}
std::vector<FileId> forgetPictures(WriteTx& tx, Instant before) {
  auto pictures = tx.all(kFormerPictures, [](FileId image) { return image; }, before);
  tx.run(kForgetPictures, before);
  return pictures;
}
void setNumber(WriteTx& tx, CardId id, std::int64_t number) { tx.run(kNumber, number, id); }
std::int64_t highestTrend(ReadTx& tx, DeckId deck) { return tx.value<std::int64_t>(kHighestTrend, deck); }
std::optional<std::int64_t> trendNumbered(ReadTx& tx, DeckId deck, std::int64_t number) {
  return tx.first(kTrendNumbered, [](std::int64_t trend) { return trend; }, deck, number);
}
bool isPictureUsed(ReadTx& tx, FileId file) { return tx.value<std::int64_t>(kPictureUses, file) > 0; }
bool isThemeUsed(ReadTx& tx, DeckId deck, std::string_view theme) {
  return tx.value<std::int64_t>(kThemeUses, deck, theme) > 0;
}
std::vector<CardId> readableCardsAfter(ReadTx& tx, CardId after, int limit) {
  return tx.all(kReadableCards, [](CardId id) { return id; }, after, limit);
}

}  // namespace toimela::trendcards::store
