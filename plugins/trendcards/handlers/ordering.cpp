#include "handlers/ordering.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "operations/orders.h"
#include "store/decks.h"
#include "store/orders.h"
#include "toimela/directory.h"
#include "toimela/throttle.h"
#include "trendcards.h"
#include "view/orders.h"

namespace toimela::trendcards::handlers {

namespace {

void add(ReadTx& tx, std::vector<Organisation>& organisations, OrganisationId id) {
  if (std::ranges::any_of(organisations, [&](const auto& each) { return each.id == id; })) return;
  if (auto found = directory::findOrganisation(tx, id)) organisations.push_back(std::move(*found));
}

/// Those that the person represents, and, `orBelongsTo`, those that they belong to.
std::vector<Organisation> organisationsOf(ReadTx& tx, const Actor& actor, bool orBelongsTo) {
  std::vector<Organisation> organisations;
  for (const Grant& grant : actor.grants)
    if (grant.role == Role::organisationRep && grant.organisation) add(tx, organisations, *grant.organisation);
  if (orBelongsTo && actor.person)
    for (const auto& affiliation : directory::affiliationsOf(tx, *actor.person, Date::today()))
      add(tx, organisations, affiliation.organisation);
  return organisations;
}

/// The deck as everybody may read it, with what of it can be ordered.
view::OrderShape shapeOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    const auto id = request.parameters.id<DeckId>("deck");
    auto deck = id ? store::deck(tx, *id) : std::nullopt;
    if (!deck) throw NotFound();
    const auto editions = readable(store::editionsOf(tx, deck->id));
    const EditionHead* suits = suiting(editions, request.locale);
    if (!suits) throw NotFound();
    view::OrderShape shape{.deck = std::move(*deck), .title = suits->title, .stocks = {}, .person = {}, .organisations = {}};
    for (auto& each : store::stocksOf(tx, shape.deck.id))
      if (each.stock.left > 0 || request.form.text("stock") == each.stock.id.text()) shape.stocks.push_back(std::move(each));
    if (request.actor.person) {
      shape.person = directory::findPerson(tx, *request.actor.person);
      shape.organisations = organisationsOf(tx, request.actor, true);
    }
    return shape;
  });
}

Response show(const Request& request, Host& host, const view::OrderShape& shape, const Form& form, int status) {
  const view::Words words(request, host);
  return host.page(request, "order", view::orderPage(shape, form, words),
                   {.status = status, .title = words.format("trendcards.order.title_of", {{"deck", shape.title}})});
}

/// The order of a private link; 404 for a link that does not open it.
store::ListedOrder requireOwn(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    const auto id = request.parameters.id<OrderId>("order");
    auto order = id ? store::order(tx, *id) : std::nullopt;
    if (!order || !view::opens(host, *order, request.parameters.text("token"))) throw NotFound();
    auto of = store::listedStock(tx, order->stock);
    return store::ListedOrder{std::move(*order), std::move(*of)};
  });
}

Response back(const Request& request, Host& host, const Order& order, std::string_view flash) {
  return host.redirect(request, view::privatePath(host, order), flash);
}

std::string takeOut(ReadTx& tx, PersonId id) {
  const auto person = directory::findPerson(tx, id);
  auto records = nlohmann::ordered_json::array();
  for (const OrderId each : store::ordersAbout(tx, id, person ? person->email.key() : std::string())) {
    const auto order = store::order(tx, each);
    const auto of = store::listedStock(tx, order->stock);
    records.push_back({{"deck", of->title}, {"count", order->count}, {"state", kOrderStates.code(order->state)},
                       {"organisation", order->organisationName}, {"name", order->name}, {"email", order->email},
                       {"address", order->address}, {"wish", order->wish}, {"reason", order->reason},
                       {"createdAt", isoText(order->createdAt)}});
  }
  return records.dump();
}

}  // namespace

Response showOrderForm(const Request& request, Host& host) {
  const auto shape = shapeOf(request, host);
  return show(request, host, shape, view::blankOrder(shape, view::Words(request, host)), 200);
}

Response submitOrder(const Request& request, Host& host) {
  const auto shape = shapeOf(request, host);
  const view::Words words(request, host);
  Form form = Form::read(view::orderFields(shape, words), request.form);
  auto order = view::readOrder(form, shape, request.locale);
  if (!order) return show(request, host, shape, form, 422);
  if (!order->person) order->confirmBy = now() + kConfirmOrderWithin;
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    return order->person ? operations::place(tx, *order)
                         : operations::placeUnconfirmed(tx, *order, throttle::addressKey(request.address));
  });
  if (const auto* refused = std::get_if<operations::Refused>(&outcome)) {
    view::explain(form, *refused);
    return show(request, host, shape, form, 422);
  }
  const Order& placed = std::get<operations::Placed>(outcome).order;
  // The private link of an order goes to its address, not to whoever sent a form.
  if (!placed.person || placed.person != request.actor.person)
    return host.redirect(request, view::pathOf(shape.deck.id) + "/ordered");
  return back(request, host, placed, "trendcards.order.flash.placed");
}

Response showPlaced(const Request& request, Host& host) {
  const auto shape = shapeOf(request, host);
  const view::Words words(request, host);
  View view;
  view.set("back", words.link(view::pathOf(shape.deck.id))).set("title", shape.title);
  return host.page(request, "order_placed", std::move(view), {.title = words.text("trendcards.order.placed.title")});
}

Response showOwnOrder(const Request& request, Host& host) {
  const auto listed = requireOwn(request, host);
  const view::Words words(request, host);
  View view;
  view::fillOrder(view, listed, words);
  view.set("action", words.link(view::privatePath(host, listed.order)))
      .flag("is_signed_in", request.actor.signedIn())
      .set("mine", words.link("/account/trendcards"));
  return host.page(request, "order_own", std::move(view), {.title = words.text("trendcards.order.own.title")});
}

Response confirmOwnOrder(const Request& request, Host& host) {
  const auto listed = requireOwn(request, host);
  const auto deed = host.write(request, [&](WriteTx& tx) { return operations::confirm(tx, listed.order.id); });
  return back(request, host, listed.order,
              deed == operations::Deed::done ? "trendcards.order.flash.confirmed" : "trendcards.order.flash.too_late");
}

Response cancelOwnOrder(const Request& request, Host& host) {
  const auto listed = requireOwn(request, host);
  const auto deed = host.write(
      request, [&](WriteTx& tx) { return operations::advance(tx, listed.order.id, OrderState::cancelled); });
  return back(request, host, listed.order,
              deed == operations::Deed::done ? "trendcards.order.flash.cancelled" : "trendcards.order.flash.not_now");
}

Response listOwnOrders(const Request& request, Host& host) {
  std::vector<store::ListedOrder> own, ofOrganisations;
  host.read([&](ReadTx& tx) {
    own = store::ordersOf(tx, *request.actor.person);
    for (const Organisation& each : organisationsOf(tx, request.actor, false))
      for (auto& order : store::ordersOf(tx, each.id))
        if (order.order.person != request.actor.person) ofOrganisations.push_back(std::move(order));
    return 0;
  });
  const view::Words words(request, host);
  return host.page(request, "orders_mine", view::ownOrdersPage(own, ofOrganisations, host, words),
                   {.title = words.text("trendcards.order.mine.title")});
}

ScheduledJob orderKeeping() {
  return {.name = "orders",
          .every = std::chrono::minutes(10),
          // In every region: decks must not stay held, nor addresses kept, because the plugin was switched off.
          .run = [](Host& host, const JobTurn&) {
            const auto lapsed = host.read([](ReadTx& tx) { return store::unconfirmedAt(tx, now()); });
            for (const OrderId id : lapsed)
              host.writeAs(std::nullopt, [&](WriteTx& tx) { return operations::advance(tx, id, OrderState::lapsed); });
            const auto remembered = host.read([](ReadTx& tx) { return store::rememberedBefore(tx, now() - kAddressKept); });
            for (const OrderId id : remembered)
              host.writeAs(std::nullopt, [&](WriteTx& tx) { operations::forgetOrder(tx, id); });
          }};
}

PersonalData orderData() {
  return {.section = "trendcards_orders",
          .exporter = takeOut,
          .eraser = operations::forgetOrders,
          .columns = {"trendcards_order.person_id", "trendcards_order.name", "trendcards_order.email",
                      "trendcards_order.address", "trendcards_order.wish", "trendcards_order.locale",
                      "trendcards_order.reason", "trendcards_order.created_at",
                      "trendcards_order.form_key", "trendcards_order.organisation_name", "trendcards_stock.contact_id"}};
}

}  // namespace toimela::trendcards::handlers
