#include "handlers/needs.h"

#include <algorithm>
#include <set>

#include "store/decks.h"
#include "store/results.h"
#include "view/needs.h"

namespace toimela::trendcards::handlers {

namespace {

/// Editions that everybody may read, the one that suits the reader first.
std::vector<EditionHead> editionsFor(ReadTx& tx, DeckId deck, Locale reader) {
  auto editions = store::editionsOf(tx, deck);
  std::erase_if(editions, [](const EditionHead& each) { return !each.isPublished(); });
  if (const auto current = readable(editions); const EditionHead* best = suiting(current, reader)) {
    const EditionId id = best->id;
    std::ranges::stable_partition(editions, [&](const EditionHead& each) { return each.id == id; });
  }
  return editions;
}

/// The titles of what was counted: in the reader's language where the newest edition has the card, else as
/// it stood in another language or in an older version.
std::vector<view::TrendName> namesOf(ReadTx& tx, const std::vector<EditionHead>& editions, std::set<std::int64_t> trends) {
  std::vector<view::TrendName> names;
  for (const EditionHead& head : editions) {
    if (trends.empty()) break;
    const auto edition = store::edition(tx, head.id);
    for (const Card& card : edition->cards)
      if (trends.erase(card.trend)) names.push_back({card.trend, card.title, head.language.locale});
  }
  return names;
}

view::CountedDeck readDeck(ReadTx& tx, DeckId id, Locale reader) {
  const auto editions = editionsFor(tx, id, reader);
  view::CountedDeck deck{.id = id, .title = editions.empty() ? std::string() : editions.front().title, .trends = {},
                         .batches = store::countedBatches(tx, id)};
  std::set<std::int64_t> trends;
  for (const CountedBatch& batch : deck.batches) trends.insert(batch.trend);
  deck.trends = namesOf(tx, editions, std::move(trends));
  return deck;
}

/// Decks to choose from, and the one that was asked for, or the first.
view::NeedsPage readDecks(ReadTx& tx, const Request& request) {
  view::NeedsPage page;
  const auto wanted = parseId(request.query.text("deck"));
  std::optional<DeckId> chosen;
  for (const DeckId id : store::countedDecks(tx)) {
    const auto editions = editionsFor(tx, id, request.locale);
    if (editions.empty()) continue;
    page.decks.emplace_back(id, editions.front().title);
    if (!chosen || id.value == wanted) chosen = id;
  }
  if (chosen) page.deck = readDeck(tx, *chosen, request.locale);
  return page;
}

/// What the address does not have is as if it had not been asked for.
NeedFilter filterOf(std::string_view region, std::string_view sector, std::string_view year) {
  NeedFilter filter{.region = RegionCode::parse(region), .sector = parseSector(sector), .year = {}};
  if (const auto number = parseId(year)) filter.year = static_cast<int>(std::min<std::int64_t>(*number, 9999));
  return filter;
}

void apply(view::NeedsPage& page, const NeedFilter& filter, std::optional<std::int64_t> trend) {
  page.filter = filter;
  page.needs = needsOf(page.deck.batches, filter);
  page.trend = trend;
  if (!page.trend && !page.needs.empty()) page.trend = page.needs.front().trend;
}

}  // namespace

Response showNeeds(const Request& request, Host& host) {
  const view::Words words(request, host);
  auto page = host.read([&](ReadTx& tx) { return readDecks(tx, request); });
  Table table(view::needsTable(page.decks, page.deck, words), request);
  apply(page, filterOf(table.filter("region"), table.filter("sector"), table.filter("year")), parseId(table.filter("trend")));
  auto rows = view::needRows(page, words);
  if (table.format()) return table.file(request, host, std::move(rows), words.text("trendcards.needs.file"));
  View view = view::needsPage(page, words);
  view.group("table", table.view(request, host, std::move(rows)));
  return host.page(request, "needs", std::move(view), {.description = words.text("trendcards.needs.lead")});
}

Response apiNeeds(const Request& request, Host& host) {
  auto page = host.read([&](ReadTx& tx) { return readDecks(tx, request); });
  apply(page, filterOf(request.query.text("region"), request.query.text("sector"), request.query.text("year")), {});
  return host.json(view::needsJson(page));
}

}  // namespace toimela::trendcards::handlers
