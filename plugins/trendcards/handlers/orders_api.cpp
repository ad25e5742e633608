#include "handlers/orders_api.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "handlers/stock.h"
#include "operations/orders.h"
#include "store/orders.h"
#include "toimela/directory.h"
#include "toimela/idempotency.h"
#include "toimela/paging.h"
#include "toimela/secrets.h"
#include "trendcards.h"
#include "view/orders.h"

namespace toimela::trendcards::handlers {

namespace {

using Json = nlohmann::ordered_json;

Json place(const std::optional<RegionCode>& region) { return region ? Json(region->text()) : Json(nullptr); }

Json stockJson(const store::ListedStock& each) {
  return {{"id", each.stock.id.text()},       {"deck", each.deck.text()},
          {"edition", each.stock.edition.text()}, {"title", each.title},
          {"language", each.language.code()}, {"version", each.version},
          {"holder", place(each.stock.holder)}, {"left", each.stock.left},
          {"ceiling", each.stock.ceiling},    {"note", each.stock.note}};
}

Json orderJson(const store::ListedOrder& each) {
  const Order& order = each.order;
  return {{"id", order.id.text()},
          {"stock", order.stock.text()},
          {"state", kOrderStates.code(order.state)},
          {"count", order.count},
          {"organisation", order.organisation ? Json(order.organisation->text()) : Json(nullptr)},
          {"organisationName", order.organisationName},
          {"sector", code(order.sector)},
          {"region", order.region.text()},
          {"name", order.name},
          {"email", order.email},
          {"address", order.address},
          {"wish", order.wish},
          {"reason", order.reason},
          {"createdAt", isoText(order.createdAt)},
          {"endedAt", order.endedAt ? Json(isoText(*order.endedAt)) : Json(nullptr)}};
}

Json page(Json items, const std::optional<std::string>& next) {
  return {{"items", std::move(items)}, {"next", next ? Json(*next) : Json(nullptr)}};
}

store::ListedOrder require(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<OrderId>("order");
  auto order = id ? store::order(tx, *id) : std::nullopt;
  if (!order) throw NotFound();
  auto of = store::listedStock(tx, order->stock);
  return {std::move(*order), std::move(*of)};
}

FormSpec orderFields() {
  return {Field::number("count", "trendcards.order.count", 1, kMostOrdered).required(),
          Field::text("organisation", "trendcards.order.organisation").required(),
          Field::multiline("address", "trendcards.order.address").longest(kLongestAddress).required(),
          Field::multiline("wish", "trendcards.order.wish").longest(kLongestWish)};
}

/// The organisation that the form names, if the person represents it or belongs to it.
std::optional<Organisation> organisationIn(Form& form, ReadTx& tx, const Actor& actor) {
  const auto id = parseId(form.text("organisation"));
  if (!id) return std::nullopt;
  const OrganisationId wanted{*id};
  const bool represents = std::ranges::any_of(actor.grants, [&](const Grant& grant) {
    return grant.role == Role::organisationRep && grant.organisation == wanted;
  });
  const auto affiliations = directory::affiliationsOf(tx, *actor.person, Date::today());
  const bool belongs = std::ranges::find(affiliations, wanted, &directory::Affiliation::organisation) != affiliations.end();
  return represents || belongs ? directory::findOrganisation(tx, wanted) : std::nullopt;
}

}  // namespace

Response apiStocks(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  auto stocks = host.read([&](ReadTx& tx) { return store::stocksAfter(tx, paging.afterId<StockId>(), paging.limit + 1); });
  const auto next = paging.cut(stocks, [](const auto& each) { return each.stock.id.text(); });
  Json items = Json::array();
  for (const auto& each : stocks) items.push_back(stockJson(each));
  return host.json(page(std::move(items), next).dump());
}

Response apiPlaceOrder(const Request& request, Host& host) {
  Form form = Form::read(orderFields(), request.form);
  Order order;
  host.read([&](ReadTx& tx) {
    const auto person = directory::findPerson(tx, *request.actor.person);
    const auto organisation = organisationIn(form, tx, request.actor);
    if (!organisation && form.ok()) form.error("organisation", "trendcards.order.error.organisation");
    if (!organisation) return 0;
    order.organisation = organisation->id;
    order.organisationName = organisation->name.pick(request.locale).text;
    order.sector = organisation->sector;
    order.region = organisation->region;
    order.person = person->id;
    order.name = person->name();
    order.email = person->email.text();
    return 0;
  });
  if (!form.ok()) return host.problem(request, form);
  order.stock = *request.parameters.id<StockId>("stock");
  order.count = *form.number("count");
  order.address = form.text("address");
  order.wish = form.text("wish");
  order.locale = request.locale;
  order.accessNonce = secrets::random();
  order.formKey = idempotencyKey(request).value_or(secrets::random());
  const auto outcome = host.write(request, [&](WriteTx& tx) { return operations::place(tx, order); });
  if (const auto* refused = std::get_if<operations::Refused>(&outcome)) {
    view::explain(form, *refused);
    return host.problem(request, form);
  }
  const Order& placed = std::get<operations::Placed>(outcome).order;
  const auto listed = host.read([&](ReadTx& tx) {
    return store::ListedOrder{placed, *store::listedStock(tx, placed.stock)};
  });
  Response response = host.json(orderJson(listed).dump(), 201);
  response.headers.set("Location", "/api/v1/trendcards/orders/" + placed.id.text());
  return response;
}

Response apiOrders(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const auto holders = holdersOf(request, host);
  auto orders = host.read(
      [&](ReadTx& tx) { return store::ordersAfter(tx, holders, paging.afterId<OrderId>(), paging.limit + 1); });
  const auto next = paging.cut(orders, [](const auto& each) { return each.order.id.text(); });
  Json items = Json::array();
  for (const auto& each : orders) items.push_back(orderJson(each));
  return host.json(page(std::move(items), next).dump());
}

Response apiOrder(const Request& request, Host& host) {
  return host.json(orderJson(host.read([&](ReadTx& tx) { return require(tx, request); })).dump());
}

Response apiAdvanceOrder(const Request& request, Host& host) {
  const auto listed = host.read([&](ReadTx& tx) { return require(tx, request); });
  Form form = Form::read({Field::choice("to", "trendcards.orders.column.state",
                                        {{"accepted", "trendcards.order.state.accepted"},
                                         {"sent", "trendcards.order.state.sent"},
                                         {"declined", "trendcards.order.state.declined"}}).required(),
                          Field::multiline("reason", "trendcards.orders.reason").longest(kLongestReason)},
                         request.form);
  const auto to = kOrderStates.parse(form.text("to"));
  if (to == OrderState::declined && form.text("reason").empty()) form.error("reason", "form.error.required");
  if (!form.ok()) return host.problem(request, form);
  const auto deed = host.write(
      request, [&](WriteTx& tx) { return operations::advance(tx, listed.order.id, *to, form.text("reason")); });
  if (deed != operations::Deed::done) {
    form.error("to", "trendcards.order.flash.not_now");
    return host.problem(request, form, 409);
  }
  return apiOrder(request, host);
}

void addOrderSchemas(Registry& registry) {
  const Json text{{"type", "string"}}, id{{"type", "string"}, {"pattern", "^[0-9]+$"}};
  const Json count{{"type", "integer"}, {"minimum", 0}}, optionalText{{"type", {"string", "null"}}};
  const Json instant{{"type", "string"}, {"format", "date-time"}}, optionalInstant{{"type", {"string", "null"}}, {"format", "date-time"}};
  const auto object = [](Json properties, bool isWhole = true) {
    Json required = Json::array();
    for (const auto& [name, schema] : properties.items()) required.push_back(name);
    Json made{{"type", "object"}, {"properties", std::move(properties)}};
    if (isWhole) made["required"] = std::move(required);
    return made;
  };
  Json states = Json::array();
  for (const OrderState state : kOrderStates) states.push_back(kOrderStates.code(state));
  const Json state{{"type", "string"}, {"enum", states}};
  registry.schema("TrendcardsStock", object({{"id", id}, {"deck", id}, {"edition", id}, {"title", text}, {"language", text},
                                             {"version", count}, {"holder", optionalText}, {"left", count},
                                             {"ceiling", count}, {"note", text}}).dump());
  registry.schema("TrendcardsOrder", object({{"id", id}, {"stock", id}, {"state", state}, {"count", count},
                                             {"organisation", optionalText}, {"organisationName", text}, {"sector", text},
                                             {"region", text}, {"name", text}, {"email", text}, {"address", text},
                                             {"wish", text}, {"reason", text}, {"createdAt", instant},
                                             {"endedAt", optionalInstant}}).dump());
  Json wish = object({{"count", {{"type", "integer"}, {"minimum", 1}, {"maximum", kMostOrdered}}}, {"organisation", id},
                      {"address", text}, {"wish", text}}, false);
  wish["required"] = {"count", "organisation", "address"};
  registry.schema("TrendcardsOrderNew", wish.dump());
  Json step = object({{"to", {{"type", "string"}, {"enum", {"accepted", "sent", "declined"}}}}, {"reason", text}}, false);
  step["required"] = {"to"};
  registry.schema("TrendcardsOrderStep", step.dump());
}

}  // namespace toimela::trendcards::handlers
