#include "handlers/found.h"

#include <algorithm>

#include "store/decks.h"
#include "trendcards.h"

namespace toimela::trendcards::handlers {

namespace {

template <class T>
T require(std::optional<T> found) {
  if (!found) throw NotFound();
  return std::move(*found);
}

}  // namespace

bool mayEdit(const Request& request, Host& host, const Deck& deck) {
  return host.allowed(request.actor, kEdit, {.region = deck.region});
}

Reading requireReading(const Request& request, Host& host) {
  Reading reading;
  reading.deck = host.read([&](ReadTx& tx) { return requireDeck(tx, request); });
  reading.mayEdit = mayEdit(request, host, reading.deck);
  return host.read([&](ReadTx& tx) {
    reading.editions = store::editionsOf(tx, reading.deck.id);
    std::optional<EditionId> wanted;
    if (const auto asked = request.query.find("edition"); asked && !asked->empty()) {
      const auto id = parseId(*asked);
      const auto found = std::ranges::find_if(reading.editions, [&](const EditionHead& e) { return id && e.id.value == *id; });
      if (found == reading.editions.end() || (!found->isPublished() && !reading.mayEdit)) throw NotFound();
      wanted = found->id;
      reading.isChosen = true;
    } else {
      const auto published = readable(reading.editions);
      if (const EditionHead* suits = suiting(published, request.locale)) wanted = suits->id;
      else if (reading.mayEdit && !reading.editions.empty()) wanted = reading.editions.front().id;
    }
    if (!wanted) throw NotFound();
    reading.edition = require(store::edition(tx, *wanted));
    return std::move(reading);
  });
}

Deck requireDeck(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<DeckId>("deck");
  if (!id) throw NotFound();
  return require(store::deck(tx, *id));
}

ListedDeck requireListed(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Deck deck = requireDeck(tx, request);
    auto editions = store::editionsOf(tx, deck.id);
    return ListedDeck{std::move(deck), std::move(editions)};
  });
}

ListedDeck requireCopied(const Request& request, Host& host) {
  ListedDeck listed = requireListed(request, host);
  if (!host.active("trendcards", listed.deck.region)) throw NotFound();
  if (mayEdit(request, host, listed.deck)) return listed;
  listed.editions = readable(listed.editions);
  if (listed.editions.empty()) throw NotFound();
  return listed;
}

Editing requireEdition(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<EditionId>("edition");
  if (!id) throw NotFound();
  Edition edition = require(store::edition(tx, *id));
  Deck deck = require(store::deck(tx, edition.deck));
  return {std::move(deck), std::move(edition)};
}

std::optional<Edition> editionToLead(ReadTx& tx, Host& host, EditionId id) {
  auto edition = store::edition(tx, id);
  if (!edition || !edition->isPublished()) return std::nullopt;
  const auto deck = store::deck(tx, edition->deck);
  if (!deck || deck->putAsideAt || !host.active("trendcards", deck->region)) return std::nullopt;
  return edition;
}

Editing requireDraft(ReadTx& tx, const Request& request) {
  Editing editing = requireEdition(tx, request);
  if (editing.edition.isPublished())
    throw RequestError(409, "trendcards.error.published", "a published edition was to be changed");
  return editing;
}

EditedCard requireEditedCard(const Request& request, Host& host) {
  const auto id = request.parameters.id<CardId>("card");
  return host.read([&](ReadTx& tx) {
    const Card card = require(id ? store::card(tx, *id) : std::nullopt);
    Edition edition = store::edition(tx, card.edition).value();
    if (edition.isPublished())
      throw RequestError(409, "trendcards.error.published", "a card of a published edition was to be changed");
    Deck deck = store::deck(tx, edition.deck).value();
    return EditedCard{{std::move(deck), std::move(edition)}, card};
  });
}

}  // namespace toimela::trendcards::handlers
