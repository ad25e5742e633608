#include "handlers/printing.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "paper/printing.h"
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
  return host.page(request, "print", view::printPage(printable.deck, printable.edition, form, words),
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

std::string make(Host& host, const Printable& printable, const view::PrintOrder& order) {
  auto deck = view::printedDeck(printable.deck, printable.edition, order.cards, host);
  for (std::size_t i = 0; i < order.cards.size(); ++i)
    if (const auto& image = order.cards[i].image) deck.cards[i].picture = contentOf(host, *image);
  return paper::print(deck, order.wish);
}

/// What the file is made of: the edition does not change, the licence and its words may.
std::string keyOf(const Deck& deck, const view::PrintOrder& order) {
  std::ostringstream key;
  const SheetWish& sheet = order.wish.sheet;
  key << order.edition.value << '-' << deck.revision << '-' << kCardSizes.code(sheet.card) << kSheetSizes.code(sheet.sheet)
      << kSides.code(order.wish.sides) << kTurnedOver.code(order.wish.over) << sheet.hasBleed << sheet.hasMarks;
  for (const Card& card : order.cards) key << '.' << card.number;
  return key.str();
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

Response printDeck(const Request& request, Host& host, paper::Shop& shop) {
  const Printable printable = host.read([&](ReadTx& tx) { return requirePrintable(tx, request); });
  const view::Words words(request, host);
  Form form = Form::read(view::printFields(printable.editions, printable.edition, words), request.query);
  const auto order = view::readPrintForm(form, printable.edition);
  if (!order) return show(request, host, printable, form, 422);
  const std::string key = keyOf(printable.deck, *order);
  const auto file = shop.take(key, [&] { return make(host, printable, *order); });
  if (!file) throw RequestError(503, "trendcards.print.error.busy", "others print already");
  Response response = Response::attachment(nameOf(printable, *order), "application/pdf", {});
  response.body = file;
  response.headers.set("ETag", '"' + key + '"');
  response.headers.set("Cache-Control", "public, no-cache");
  return response;
}

}  // namespace toimela::trendcards::handlers
