#include "handlers/printing.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "handlers/collections.h"
#include "paper/printing.h"
#include "store/collections.h"
#include "store/decks.h"
#include "toimela/files.h"
#include "trendcards.h"
#include "view/printing.h"

namespace toimela::trendcards::handlers {

namespace {

/// A deck that everybody may read, in one published edition.
struct Printable {
  Deck deck;
  std::vector<EditionHead> editions;  ///< the newest of each language
  Edition edition;
};

/// The edition of ?edition=…, else the one that suits the reader. Drafts are not printed: what is on paper
/// names a version, and a version never changes.
Printable requirePrintable(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<DeckId>("deck");
  auto deck = id ? store::deck(tx, *id) : std::nullopt;
  if (!deck) throw NotFound();
  const auto all = store::editionsOf(tx, deck->id);
  auto editions = readable(all);
  const auto asked = parseId(request.query.text("edition"));
  const auto named = std::ranges::find_if(
      all, [&](const EditionHead& head) { return asked && head.id.value == *asked && head.isPublished(); });
  const EditionHead* chosen = named != all.end() ? &*named : request.query.has("edition") ? nullptr : suiting(editions, request.locale);
  auto edition = chosen ? store::edition(tx, chosen->id) : std::nullopt;
  if (!edition) throw NotFound();
  return {std::move(*deck), std::move(editions), std::move(*edition)};
}

Response show(const Request& request, Host& host, const Printable& printable, const Form& form, int status) {
  const view::Words words(request, host);
  const auto own = host.read([&](ReadTx& tx) {
    return request.actor.person ? store::collectionsOf(tx, *request.actor.person) : std::vector<Collection>{};
  });
  return host.page(request, "print", view::printPage(printable.deck, printable.edition, form, own, words),
                   {.status = status,
                    .title = words.format("trendcards.print.title_of", {{"deck", printable.edition.title}})});
}

std::string contentOf(Host& host, FileId id) {
  const auto path = files::contentOf(host, id);
  if (!path) return {};
  std::ifstream in(*path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

paper::PrintedDeck readyToPrint(Host& host, const Printable& printable, const view::PrintOrder& order) {
  auto deck = view::printedDeck(printable.deck, printable.edition, order.cards, host);
  for (std::size_t i = 0; i < order.cards.size(); ++i)
    if (const auto& image = order.cards[i].image) deck.cards[i].picture = contentOf(host, *image);
  return deck;
}
paper::PrintedDeck readyToPrint(const Request& request, Host& host, const Collection& collection,
                                const std::vector<view::CollectedCard>& cards) {
  auto deck = view::printedCollection(collection, cards, view::Words(request, host));
  for (std::size_t i = 0; i < cards.size(); ++i)
    if (const auto& image = cards[i].card.image) deck.cards[i].picture = contentOf(host, *image);
  return deck;
}

std::string keyOf(const paper::PrintWish& wish) {
  std::ostringstream key;
  key << kCardSizes.code(wish.sheet.card) << kSheetSizes.code(wish.sheet.sheet) << kSides.code(wish.sides)
      << kTurnedOver.code(wish.over) << wish.sheet.hasBleed << wish.sheet.hasMarks;
  return key.str();
}
/// What the file is made of: the edition does not change, the licence and its words may.
std::string keyOf(const Deck& deck, const view::PrintOrder& order) {
  std::string key = order.edition.text() + "-" + std::to_string(deck.revision) + "-" + keyOf(order.wish);
  for (const Card& card : order.cards) key += "." + std::to_string(card.number);
  return key;
}
std::string keyOf(const Collection& collection, const std::vector<view::CollectedCard>& cards, const paper::PrintWish& wish) {
  std::string key = "collection " + keyOf(wish);
  for (const auto& each : cards) key += "." + each.card.id.text() + "-" + std::to_string(each.deck.revision);
  return key + " " + collection.name;
}

struct OwnPrintable {
  Collection collection;
  std::vector<view::CollectedCard> cards;
};
OwnPrintable requireCollected(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Collection collection = ownCollection(tx, request);
    auto cards = collectedCards(tx, host, collection.id);
    return OwnPrintable{std::move(collection), std::move(cards)};
  });
}

Response show(const Request& request, Host& host, const Collection& collection, const Form& form, int status) {
  const view::Words words(request, host);
  return host.page(request, "print", view::collectionPrintPage(collection, form, words),
                   {.status = status, .title = words.format("trendcards.print.title_of", {{"deck", collection.name}})});
}

Prints::File requirePrinted(Prints& prints, const std::string& key, const std::function<std::string()>& make) {
  auto file = prints.print(key, make);
  if (!file) throw RequestError(503, "trendcards.print.error.busy", "others print already");
  return file;
}

Response handOut(const std::string& name, const Prints::File& file) {
  Response response = Response::attachment(name, "application/pdf", {});
  response.body = file;
  return response;
}

std::string nameOf(const Printable& printable, const view::PrintOrder& order) {
  return printable.deck.key + "-" + printable.edition.language.code() + "-" + std::to_string(printable.edition.version) + "-" +
         std::string(kCardSizes.code(order.wish.sheet.card)) + ".pdf";
}

}  // namespace

Response showPrint(const Request& request, Host& host) {
  const Printable printable = host.read([&](ReadTx& tx) { return requirePrintable(tx, request); });
  Form form = view::printForm(printable.editions, printable.edition, view::Words(request, host));
  // A theme or numbers may come from the page of the deck or of a collection.
  for (const char* field : {"theme", "numbers", "size"})
    if (const auto given = request.query.find(field)) form.fill(field, std::string(*given));
  return show(request, host, printable, form, 200);
}

Response printDeck(const Request& request, Host& host, Prints& prints) {
  const Printable printable = host.read([&](ReadTx& tx) { return requirePrintable(tx, request); });
  const view::Words words(request, host);
  Form form = Form::read(view::printFields(printable.editions, printable.edition, words), request.query);
  const auto order = view::readPrintForm(form, printable.edition);
  if (!order) return show(request, host, printable, form, 422);
  const std::string key = keyOf(printable.deck, *order);
  paper::Made made;
  const auto file = requirePrinted(prints, key, [&] {
    made = paper::printIfItFits(readyToPrint(host, printable, *order), order->wish);
    return std::move(made.file);
  });
  if (file->empty()) {
    view::refuseSize(form, made.overflows);
    return show(request, host, printable, form, 422);
  }
  Response response = handOut(nameOf(printable, *order), file);
  response.headers.set("ETag", '"' + key + '"');
  response.headers.set("Cache-Control", "public, no-cache");
  return response;
}

Response showCollectionPrint(const Request& request, Host& host) {
  return show(request, host, host.read([&](ReadTx& tx) { return ownCollection(tx, request); }), view::sheetForm(), 200);
}

Response printCollection(const Request& request, Host& host, Prints& prints) {
  const auto [collection, cards] = requireCollected(request, host);
  Form form = Form::read(view::sheetFields(), request.query);
  if (cards.empty()) form.error("", "trendcards.print.error.none");
  if (!form.ok()) return show(request, host, collection, form, 422);
  const paper::PrintWish wish = view::readWish(form);
  paper::Made made;
  const auto file = requirePrinted(prints, keyOf(collection, cards, wish), [&] {
    made = paper::printIfItFits(readyToPrint(request, host, collection, cards), wish);
    return std::move(made.file);
  });
  if (!file->empty()) return handOut(trendcards::keyOf(collection.name) + "-" + form.text("size") + ".pdf", file);
  view::refuseSize(form, made.overflows);
  return show(request, host, collection, form, 422);
}

}  // namespace toimela::trendcards::handlers
