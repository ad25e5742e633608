#include "handlers/decks.h"

#include <algorithm>
#include <random>

#include "domain/draw.h"
#include "handlers/found.h"
#include "store/collections.h"
#include "store/decks.h"
#include "toimela/discovery.h"
#include "toimela/pictures.h"
#include "toimela/search.h"
#include "trendcards.h"
#include "view/pages.h"

namespace toimela::trendcards::handlers {

namespace {

constexpr std::size_t kInTile = 3;

view::CardAddress addressOf(const Reading& reading, bool isFull = false, bool isBack = false) {
  return {.deck = reading.deck.id,
          .edition = reading.isChosen ? std::optional(reading.edition.id) : std::nullopt,
          .isBack = isBack,
          .isFull = isFull};
}

void illustrate(View& view, const Request& request, Host& host, const Card& card) {
  if (card.image) illustratePage(view, host.absolute(request.locale, view::picturePath(card.id)), card.alternative);
}

/// In any region: which one is asked when a session begins.
bool mayLead(const Request& request, Host& host) {
  return request.actor.signedIn() && std::ranges::any_of(host.regions(), [&](const Region& region) {
           return host.active("trendcards", region.code) &&
                  host.allowed(request.actor, kFacilitate, {.region = region.code});
         });
}

}  // namespace

Response listDecks(const Request& request, Host& host) {
  const auto decks = host.read([&](ReadTx& tx) { return store::readableDecks(tx, request.region); });
  const view::Words words(request, host);
  const bool edits = host.allowed(request.actor, kEdit, {.region = request.region});
  return host.page(request, "list", view::listPage(decks, request.region, edits, words));
}

Response showDeck(const Request& request, Host& host) {
  const Reading reading = requireReading(request, host);
  const auto origin = host.read([&](ReadTx& tx) {
    return reading.edition.origin ? store::editionHead(tx, *reading.edition.origin) : std::nullopt;
  });
  const view::Words words(request, host);
  const view::DeckFilter filter{std::string(request.query.text("theme")), std::string(request.query.text("tag"))};
  View view = view::deckPage(reading.deck, reading.editions, reading.edition, addressOf(reading), filter, origin,
                             reading.mayEdit, words);
  view.flag("may_lead", reading.edition.isPublished() && mayLead(request, host))
      .set("edition_id", reading.edition.id.text());
  if (!reading.edition.cards.empty()) illustrate(view, request, host, reading.edition.cards.front());
  return host.page(request, "deck", std::move(view),
                   {.title = reading.edition.title,
                    .description = words.count("trendcards.list.cards", std::ssize(reading.edition.cards))});
}

Response showCard(const Request& request, Host& host) {
  const Reading reading = requireReading(request, host);
  const auto number = parseId(request.parameters.text("number"));
  const Card* card = number ? reading.edition.numbered(*number) : nullptr;
  if (!card) throw NotFound();
  const auto collections = host.read([&](ReadTx& tx) {
    return request.actor.person ? store::collectionsOf(tx, *request.actor.person) : std::vector<Collection>{};
  });
  const view::Words words(request, host);
  const auto address =
      addressOf(reading, request.query.text("view") == "full", request.query.text("side") == "back");
  View view = view::cardPage(reading.deck, reading.edition, *card, address, collections, words);
  view.flag("may_collect", request.actor.signedIn() && reading.edition.isPublished());
  illustrate(view, request, host, *card);
  return host.page(request, "card_page", std::move(view),
                   {.title = words.format("trendcards.card.page_title",
                                          {{"number", card->number}, {"title", card->title}}),
                    .description = search::plainText(card->front)});
}

Response drawCards(const Request& request, Host& host) {
  const Reading reading = requireReading(request, host);
  const view::Words words(request, host);
  const auto drawn = parseDraw(request.query.text("cards"));
  if (drawn.empty()) {
    const auto wanted = parseId(request.query.text("n")).value_or(kUsualDraw);
    std::random_device seed;
    const auto numbers = draw(reading.edition, wanted, [&](std::size_t most) {
      return std::uniform_int_distribution<std::size_t>(0, most)(seed);
    });
    if (numbers.empty()) throw NotFound();
    return host.redirect(request, view::drawPath(addressOf(reading), numbers));
  }
  View view = view::drawPage(reading.deck, reading.edition, addressOf(reading), drawn, words);
  return host.page(request, "draw", std::move(view), {.title = words.text("trendcards.draw.title")});
}

Response showPicture(const Request& request, Host& host) {
  const auto id = request.parameters.id<CardId>("card");
  struct Found {
    Card card;
    EditionHead edition;
    Deck deck;
  };
  const auto found = host.read([&](ReadTx& tx) -> std::optional<Found> {
    auto card = id ? store::card(tx, *id) : std::nullopt;
    if (!card || !card->image) return std::nullopt;
    const auto edition = store::editionHead(tx, card->edition).value();
    return Found{std::move(*card), edition, store::deck(tx, edition.deck).value()};
  });
  if (!found || (!found->edition.isPublished() && !mayEdit(request, host, found->deck))) throw NotFound();
  return files::showPicture(host, *found->card.image, found->edition.isPublished());
}

bool fillTile(const Request& request, Host& host, View& view) {
  auto decks = host.read([&](ReadTx& tx) { return store::readableDecks(tx, request.region); });
  if (decks.empty()) return false;
  // A region's own are told before the nation's.
  std::ranges::stable_partition(decks, [&](const ListedDeck& each) { return each.deck.region == request.region; });
  if (decks.size() > kInTile) decks.resize(kInTile);
  view::fillTile(view, decks, request.region, view::Words(request, host));
  return true;
}

}  // namespace toimela::trendcards::handlers
