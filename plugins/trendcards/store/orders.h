// Stocks and orders of printed decks in the database.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/deck.h"
#include "domain/order.h"
#include "toimela/access.h"
#include "toimela/data.h"

namespace toimela::trendcards::store {

ScopeResolver stockScope();  ///< {stock}: its holder's region
ScopeResolver orderScope();  ///< {order}: likewise; owned by who ordered

// ---- stock ----

/// A stock with the edition that it is of.
struct ListedStock {
  Stock stock;
  DeckId deck;
  Language language;
  std::int64_t version = 1;
  std::string title;
};
std::optional<Stock> stock(ReadTx& tx, StockId id);
std::optional<ListedStock> listedStock(ReadTx& tx, StockId id);
/// All stocks, by id after the one given.
std::vector<ListedStock> stocksAfter(ReadTx& tx, StockId after, int limit);
/// Those that a deck can be ordered from: of regions where the plugin is on, the newest versions first.
std::vector<ListedStock> stocksOf(ReadTx& tx, DeckId deck);
/// Published editions that a holder may have: of decks of the nation and, with a region, of it.
std::vector<EditionHead> printable(ReadTx& tx, std::optional<RegionCode> region);

StockId insertStock(WriteTx& tx, const Stock& stock);
/// Ceiling and note, and decks added to what is left (or taken off); false when less would be left than none,
/// or somebody else saved it first.
bool updateStock(WriteTx& tx, const Stock& stock, std::int64_t added);
/// Takes decks off the shelf; false when there are not so many.
bool take(WriteTx& tx, StockId id, std::int64_t count);
void giveBack(WriteTx& tx, StockId id, std::int64_t count);

// ---- orders ----

std::optional<Order> order(ReadTx& tx, OrderId id);
std::optional<Order> orderByKey(ReadTx& tx, std::string_view formKey);
struct ListedOrder {
  Order order;
  ListedStock of;
};
/// Who holds stocks: regions, and the nation where one is nothing.
using Holders = std::vector<std::optional<RegionCode>>;
std::vector<ListedOrder> ordersNewestFirst(ReadTx& tx, const Holders& holders, int limit);
std::vector<ListedOrder> ordersAfter(ReadTx& tx, const Holders& holders, OrderId after, int limit);
std::vector<ListedOrder> ordersOf(ReadTx& tx, PersonId person);
std::vector<ListedOrder> ordersOf(ReadTx& tx, OrganisationId organisation);
/// Of the person, or of their address; for taking out and erasing.
std::vector<OrderId> ordersAbout(ReadTx& tx, PersonId person, std::string_view email);

OrderId insertOrder(WriteTx& tx, const Order& order);
/// Everything that may change of it; false when somebody else changed it first.
bool updateOrder(WriteTx& tx, const Order& order);
/// Those whose time to be confirmed is over.
std::vector<OrderId> unconfirmedAt(ReadTx& tx, Instant now);
/// Those that ended before, and still say something of a person.
std::vector<OrderId> rememberedBefore(ReadTx& tx, Instant ended);
/// Nobody is told of a person's stocks any more.
void forgetContact(WriteTx& tx, PersonId person);

}  // namespace toimela::trendcards::store
