// Forms and pages of stocks and orders.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/order.h"
#include "operations/orders.h"
#include "store/orders.h"
#include "toimela/chart.h"
#include "toimela/form.h"
#include "toimela/table.h"
#include "view/words.h"

namespace toimela::trendcards::view {

std::string pathOf(OrderId order);  ///< the holder's page
std::string pathOf(StockId stock);
/// The private link of who ordered.
std::string privatePath(Host& host, const Order& order);
bool opens(Host& host, const Order& order, std::string_view token);

/// "Työllisyydenhoidon trendikortit, suomi, versio 2"
std::string editionText(const store::ListedStock& of, const Words& words);
std::string stateText(OrderState state, const Words& words);

// ---- ordering ----

struct OrderShape {
  Deck deck;
  std::string title;
  std::vector<store::ListedStock> stocks;        ///< that have some left
  std::optional<Person> person;                  ///< who is signed in
  std::vector<Organisation> organisations;       ///< for which they may order
};
FormSpec orderFields(const OrderShape& shape, const Words& words);
Form blankOrder(const OrderShape& shape, const Words& words);
/// What the form says; nothing while it has errors.
std::optional<Order> readOrder(Form& form, const OrderShape& shape, Locale locale);
void explain(Form& form, const operations::Refused& refused);
View orderPage(const OrderShape& shape, const Form& form, const Words& words);

// ---- one order ----

/// The facts of an order, for whoever may see all of it.
void fillOrder(View& view, const store::ListedOrder& listed, const Words& words);
View ownOrdersPage(const std::vector<store::ListedOrder>& own, const std::vector<store::ListedOrder>& ofOrganisations,
                   Host& host, const Words& words);

// ---- the holder's ----

TableSpec orderTable(const std::vector<store::ListedOrder>& all, const Words& words);
std::vector<store::ListedOrder> chosen(std::vector<store::ListedOrder> all, const Table& table);
std::vector<TableRow> orderRows(const std::vector<store::ListedOrder>& orders, bool isFile, const Words& words);
FormSpec editFields();
FormSpec declineFields();
FormSpec newStockFields(const std::vector<EditionHead>& editions, const std::vector<Choice>& holders, const Words& words);
FormSpec stockFields(const Stock& stock, const Words& words);

/// Where the decks of sent orders went.
std::vector<Chart> figures(const std::vector<store::ListedOrder>& sent, const Words& words);

}  // namespace toimela::trendcards::view
