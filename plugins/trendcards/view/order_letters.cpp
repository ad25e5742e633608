#include "view/order_letters.h"

#include "toimela/texts.h"
#include "view/orders.h"

namespace toimela::trendcards::view {

namespace {

std::optional<MailMessage> write(ReadTx& tx, Host& host, std::int64_t about, OrderState state) {
  const auto order = store::order(tx, OrderId{about});
  const auto of = order ? store::listedStock(tx, order->stock) : std::nullopt;
  const auto to = order ? EmailAddress::parse(order->email) : std::nullopt;
  if (!of || !to) return std::nullopt;
  const bool isToConfirm = order->state == OrderState::unconfirmed;
  // Nobody is told that something was received when it has been decided already.
  const bool isReceipt = state == OrderState::received && isOpen(order->state);
  if (!isReceipt && order->state != state) return std::nullopt;
  const Words words(order->locale, host);
  const std::string key = "trendcards.orders.letter." + (isToConfirm ? "confirm" : std::string(kOrderStates.code(state)));
  const std::vector<TextArgument> arguments{{"deck", of->title},
                                            {"name", order->name},
                                            {"reason", order->reason},
                                            {"until", order->confirmBy ? showInstant(*order->confirmBy, order->locale) : std::string()}};
  std::vector<View> facts;
  const auto add = [&](std::string_view label, const std::string& value) {
    facts.push_back(View());
    facts.back().set("label", words.text(label)).set("value", value);
  };
  add("trendcards.order.fact.deck", editionText(*of, words));
  add("trendcards.order.fact.count", std::to_string(order->count));
  add("trendcards.order.fact.holder", words.place(of->stock.holder));
  View view;
  view.set("subject", words.format(key + ".subject", arguments))
      .set("greeting", words.format("trendcards.orders.letter.greeting", arguments))
      .set("text", words.format(key + ".text", arguments))
      .list("facts", std::move(facts))
      .set("link", host.absolute(order->locale, privatePath(host, *order)));
  auto message = host.composeMail(*to, order->name, order->locale, "order", std::move(view));
  message.confidential = true;
  return message;
}

Letter letter(std::string_view kind, OrderState state) {
  return {std::string(kind),
          [state](ReadTx& tx, Host& host, std::int64_t about) { return write(tx, host, about, state); }};
}

}  // namespace

std::vector<Letter> orderLetters() {
  return {letter(operations::kOrderReceived, OrderState::received), letter(operations::kOrderSent, OrderState::sent),
          letter(operations::kOrderDeclined, OrderState::declined)};
}

}  // namespace toimela::trendcards::view
