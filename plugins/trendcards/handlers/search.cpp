#include "handlers/search.h"

#include <algorithm>
#include <map>

#include "operations/audit.h"
#include "store/decks.h"
#include "toimela/search.h"
#include "view/card.h"

namespace toimela::trendcards::handlers {

namespace {

/// The newest editions of a deck, whole, as far as they are in no plain language: those say the same.
struct Whole {
  Deck deck;
  std::vector<Edition> editions;
};

std::optional<Whole> wholeOf(ReadTx& tx, DeckId id) {
  auto deck = store::deck(tx, id);
  if (!deck || deck->putAsideAt) return std::nullopt;
  Whole whole{std::move(*deck), {}};
  const auto published = readable(store::editionsOf(tx, id));
  for (const EditionHead& head : published)
    if (!head.language.isPlain || published.size() == 1) whole.editions.push_back(*store::edition(tx, head.id));
  if (whole.editions.empty()) return std::nullopt;
  return whole;
}

/// A trend is found once, in all its languages, under the number of its card in the first of them.
std::optional<search::Document> documentOf(const Whole& whole, CardId id) {
  const Card* first = whole.editions.front().card(id);
  if (!first) return std::nullopt;
  search::Document document{.id = id.value,
                            .title = {},
                            .keywords = {},
                            .text = {},
                            .path = view::cardPath({.deck = whole.deck.id, .edition = {}}, first->number),
                            .region = whole.deck.region,
                            .date = {},
                            .type = {},
                            .languages = {},
                            .project = {},
                            .audience = search::Audience::everyone()};
  std::vector<LocalText> subjects;
  for (const Edition& edition : whole.editions) {
    const auto card = std::ranges::find(edition.cards, first->trend, &Card::trend);
    if (card == edition.cards.end()) continue;
    const Locale locale = edition.language.locale;
    document.title.in(locale) = card->title;
    document.keywords.in(locale) = edition.title;
    document.text.in(locale) = search::plainText(card->front) + "\n" + search::plainText(card->back);
    document.languages.emplace_back(code(locale));
    for (const std::string& tag : card->tags) {
      LocalText subject;
      subject.in(locale) = tag;
      document.subjects.push_back(std::move(subject));
    }
    if (edition.publishedAt) document.date = Date::of(*edition.publishedAt);
  }
  return document;
}

std::vector<search::Document> documents(ReadTx& tx, const std::vector<std::int64_t>& ids) {
  std::map<DeckId, std::optional<Whole>> decks;
  std::vector<search::Document> found;
  for (const std::int64_t id : ids) {
    const auto card = store::card(tx, CardId{id});
    if (!card) continue;
    const DeckId deck = store::editionHead(tx, card->edition)->deck;
    auto [whole, isNew] = decks.try_emplace(deck);
    if (isNew) whole->second = wholeOf(tx, deck);
    if (!whole->second) continue;
    if (auto document = documentOf(*whole->second, card->id)) found.push_back(std::move(*document));
  }
  return found;
}

}  // namespace

void registerSearch(Registry& registry) {
  registry.search({.kind = operations::kSearchKind,
                   .labelKey = "trendcards.search",
                   .list = [](ReadTx& tx, std::int64_t after, int limit) {
                     std::vector<std::int64_t> ids;
                     for (const CardId id : store::readableCardsAfter(tx, CardId{after}, limit)) ids.push_back(id.value);
                     return ids;
                   },
                   .read = documents});
}

}  // namespace toimela::trendcards::handlers
