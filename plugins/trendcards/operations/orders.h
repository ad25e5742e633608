// Changes of stocks and orders: the rule, the save and the audit entry in one transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "domain/order.h"
#include "toimela/data.h"

namespace toimela::trendcards::operations {

/// Letters; `about` is the id of the order.
inline constexpr std::string_view kOrderReceived = "trendcards.order_received";
inline constexpr std::string_view kOrderSent = "trendcards.order_sent";
inline constexpr std::string_view kOrderDeclined = "trendcards.order_declined";

struct Placed {
  Order order;
  bool isRepeated = false;  ///< the same form came once more
};
struct Refused {
  /// tooMany: of a visitor's network; mailsEnough: to a visitor's address.
  enum class Why { overStock, overCeiling, tooMany, mailsEnough };
  Why why = Why::overStock;
  std::int64_t left = 0;  ///< the most that can be ordered
};
/// Takes the decks off the shelf, or says how many there are. Throws NotFound when there is no such stock.
std::variant<Placed, Refused> place(WriteTx& tx, Order order);
/// The order of somebody without an account: it holds decks and writes to an address that nobody has
/// confirmed, so that only so many come from one network (throttle::addressKey) and to one address.
std::variant<Placed, Refused> placeUnconfirmed(WriteTx& tx, const Order& order, std::string_view network);

enum class Deed { done, stale, notNow, overStock };
/// The address is confirmed; notNow when the order has ended.
Deed confirm(WriteTx& tx, OrderId id);
/// Accepted, sent, declined (with a reason), cancelled or lapsed: what is not sent goes back onto the shelf.
Deed advance(WriteTx& tx, OrderId id, OrderState to, const std::string& reason = {});
/// Another count, address or wish, while it is not sent.
Deed edit(WriteTx& tx, const Order& changed);

StockId addStock(WriteTx& tx, const Stock& stock);
/// `added`: decks that came, or with a minus went, beside the orders.
Deed saveStock(WriteTx& tx, const Stock& stock, std::int64_t added);

/// What an order says of a person is forgotten; organisation and counts stay.
void forgetOrder(WriteTx& tx, OrderId id);
/// Everything of an erased person. Orders that were not sent are cancelled.
void forgetOrders(WriteTx& tx, PersonId person);

}  // namespace toimela::trendcards::operations
