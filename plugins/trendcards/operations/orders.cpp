#include "operations/orders.h"

#include <array>
#include <nlohmann/json.hpp>
#include <ranges>

#include "store/orders.h"
#include "toimela/directory.h"
#include "toimela/host.h"
#include "toimela/notices.h"
#include "toimela/throttle.h"

namespace toimela::trendcards::operations {

namespace {

// An organisation behind one address orders for its branches; a stock is not held by one visitor.
constexpr throttle::Allowance kOrdersOfNetwork{"trendcards.unconfirmed-order", 10, std::chrono::hours(24)};

AuditEntry entry(std::string action, const Stock& stock, const Order& order) {
  return {.action = std::move(action),
          .object = "trendcards.order:" + order.id.text(),
          .region = stock.holder,
          .organisation = order.organisation,
          .detail = nlohmann::ordered_json{{"count", order.count}, {"stock", stock.id.value}}.dump()};
}

AuditEntry entry(std::string action, const Stock& stock, std::int64_t added) {
  return {.action = std::move(action),
          .object = "trendcards.stock:" + stock.id.text(),
          .region = stock.holder,
          .organisation = {},
          .detail = nlohmann::ordered_json{{"added", added}}.dump()};
}

Stock require(ReadTx& tx, StockId id) {
  auto found = store::stock(tx, id);
  if (!found) throw NotFound();
  return std::move(*found);
}
Order require(ReadTx& tx, OrderId id) {
  auto found = store::order(tx, id);
  if (!found) throw NotFound();
  return std::move(*found);
}

std::string topicOf(StockId id) { return "trendcards.stock:" + id.text(); }
std::string objectOf(OrderId id) { return "trendcards.order:" + id.text(); }

/// The holder's contact hears of a new order, and whoever follows the stock.
void tellHolder(WriteTx& tx, const Stock& stock, const Order& order) {
  const auto listed = store::listedStock(tx, stock.id);
  const notices::Topic topic{.key = topicOf(stock.id),
                             .name = {listed->title, listed->title, listed->title},
                             .path = "/trendcards/stock/" + stock.id.text() + "/edit",
                             .region = stock.holder};
  std::vector<PersonId> recipients = notices::followers(tx, topic.key);
  if (stock.contact) recipients.push_back(*stock.contact);
  const std::string what = listed->title + " × " + std::to_string(order.count) + ": " + order.organisationName;
  notices::tell(tx, {.topic = topic,
                     .title = {"Tilaus: " + what, "Beställning: " + what, "Order: " + what},
                     .path = "/trendcards/orders/" + order.id.text(),
                     .object = objectOf(order.id)},
                recipients);
}

std::string keyOf(const std::string& email) {
  const auto address = EmailAddress::parse(email);
  return address ? address->key() : email;
}

/// Who orders for themselves, or under a name of business, is named by their organisation.
bool namesPerson(const Order& order) {
  if (order.organisation) return false;
  for (const auto word : std::views::split(order.name, ' ')) {
    const std::string_view part(word.begin(), word.end());
    if (part.size() > 2 && order.organisationName.find(part) != std::string::npos) return true;
  }
  return false;
}

void eraseFrom(Order& order) {
  if (namesPerson(order)) order.organisationName.clear();
  order.formKey = "forgotten:" + order.id.text();
  order.reason.clear();
  order.person.reset();
  order.name.clear();
  order.email.clear();
  order.address.clear();
  order.wish.clear();
  order.accessNonce.clear();
}

}  // namespace

std::variant<Placed, Refused> place(WriteTx& tx, Order order) {
  // Taking comes first: it locks the stock, so that the same form sent twice at once is seen.
  const bool isTaken = store::take(tx, order.stock, order.count);
  if (auto made = store::orderByKey(tx, order.formKey)) {
    if (isTaken) store::giveBack(tx, order.stock, order.count);
    tx.unaudited("the same form once more");
    return Placed{std::move(*made), true};
  }
  const Stock stock = require(tx, order.stock);
  if (order.count > stock.ceiling || !isTaken) {
    if (isTaken) store::giveBack(tx, order.stock, order.count);
    tx.unaudited("nothing was ordered");
    if (isTaken || order.count > stock.ceiling)
      return Refused{Refused::Why::overCeiling, stock.ceiling};
    return Refused{Refused::Why::overStock, stock.left};
  }
  order.createdAt = tx.time();
  order.state = order.confirmBy ? OrderState::unconfirmed : OrderState::received;
  order.id = store::insertOrder(tx, order);
  order.revision = 1;
  tx.audit(entry("trendcards.order.place", stock, order));
  tx.letter(kOrderReceived, order.id.value);
  if (!order.confirmBy) tellHolder(tx, stock, order);
  return Placed{std::move(order), false};
}

std::variant<Placed, Refused> placeUnconfirmed(WriteTx& tx, const Order& order, std::string_view network) {
  const bool isRepeated = store::orderByKey(tx, order.formKey).has_value();
  if (!isRepeated && throttle::countAttempt(tx, kOrdersOfNetwork, network, tx.time()).count() > 0)
    return Refused{Refused::Why::tooMany};
  if (!isRepeated && throttle::countAttempt(tx, throttle::kUnconfirmedLetters, keyOf(order.email), tx.time()).count() > 0)
    return Refused{Refused::Why::mailsEnough};
  return place(tx, order);
}

Deed confirm(WriteTx& tx, OrderId id) {
  Order order = require(tx, id);
  if (!canBecome(order.state, OrderState::received)) {
    tx.unaudited("confirmed before, or ended");
    return isOpen(order.state) ? Deed::done : Deed::notNow;
  }
  order.state = OrderState::received;
  order.confirmBy.reset();
  if (!store::updateOrder(tx, order)) throw RequestError(409, "trendcards.orders.error.stale", "an order was changed meanwhile");
  const Stock stock = require(tx, order.stock);
  tx.audit(entry("trendcards.order.confirm", stock, order));
  tellHolder(tx, stock, order);
  return Deed::done;
}

Deed advance(WriteTx& tx, OrderId id, OrderState to, const std::string& reason) {
  Order order = require(tx, id);
  if (!canBecome(order.state, to)) {
    tx.unaudited("nothing was changed");
    return Deed::notNow;
  }
  order.state = to;
  order.reason = reason;
  order.confirmBy.reset();
  if (!isOpen(to)) order.endedAt = tx.time();
  if (!store::updateOrder(tx, order)) {
    tx.unaudited("somebody was first");
    return Deed::stale;
  }
  if (givesBack(to)) store::giveBack(tx, order.stock, order.count);
  tx.audit(entry("trendcards.order." + std::string(kOrderStates.code(to)), require(tx, order.stock), order));
  if (to == OrderState::sent) tx.letter(kOrderSent, id.value);
  if (to == OrderState::declined) tx.letter(kOrderDeclined, id.value);
  return Deed::done;
}

Deed edit(WriteTx& tx, const Order& changed) {
  Order order = require(tx, changed.id);
  const auto refuse = [&](Deed why) {
    tx.unaudited("nothing was changed");
    return why;
  };
  if (!isOpen(order.state)) return refuse(Deed::notNow);
  if (order.revision != changed.revision) return refuse(Deed::stale);
  const std::int64_t more = changed.count - order.count;
  if (more > 0 && !store::take(tx, order.stock, more)) return refuse(Deed::overStock);
  if (more < 0) store::giveBack(tx, order.stock, -more);
  order.count = changed.count;
  order.address = changed.address;
  order.wish = changed.wish;
  if (!store::updateOrder(tx, order)) throw RequestError(409, "trendcards.orders.error.stale", "an order was changed meanwhile");
  tx.audit(entry("trendcards.order.edit", require(tx, order.stock), order));
  return Deed::done;
}

StockId addStock(WriteTx& tx, const Stock& stock) {
  Stock added = stock;
  added.contact = tx.actor();
  added.id = store::insertStock(tx, added);
  tx.audit(entry("trendcards.stock.add", added, added.left));
  return added.id;
}

Deed saveStock(WriteTx& tx, const Stock& stock, std::int64_t added) {
  if (!store::updateStock(tx, stock, added)) {
    tx.unaudited("nothing was changed");
    return require(tx, stock.id).revision == stock.revision ? Deed::overStock : Deed::stale;
  }
  tx.audit(entry("trendcards.stock.save", stock, added));
  return Deed::done;
}

void forgetOrder(WriteTx& tx, OrderId id) {
  // Whoever changes it meanwhile does not keep it from being forgotten: it is read again.
  for (;;) {
    Order order = require(tx, id);
    eraseFrom(order);
    order.forgottenAt = tx.time();
    if (!store::updateOrder(tx, order)) continue;
    // What the holder was to be told of it names who ordered.
    notices::withdraw(tx, topicOf(order.stock), objectOf(id));
    tx.audit(entry("trendcards.order.forget", require(tx, order.stock), order));
    return;
  }
}

void forgetOrders(WriteTx& tx, PersonId person) {
  const auto known = directory::findPerson(tx, person);
  for (const OrderId id : store::ordersAbout(tx, person, known ? known->email.key() : std::string())) {
    while (isOpen(require(tx, id).state) && advance(tx, id, OrderState::cancelled) == Deed::stale) {}
    forgetOrder(tx, id);
  }
  store::forgetContact(tx, person);
  tx.unaudited("a part of an erasure");
}

}  // namespace toimela::trendcards::operations
