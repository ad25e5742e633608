#include "handlers/stock.h"

#include <algorithm>

#include "operations/orders.h"
#include "store/orders.h"
#include "toimela/texts.h"
#include "trendcards.h"
#include "view/orders.h"

namespace toimela::trendcards::handlers {

namespace {

using operations::Deed;

constexpr int kMostOrders = 20'000;

bool holds(const Request& request, Host& host, const std::optional<RegionCode>& holder) {
  return host.allowed(request.actor, kStock, {.region = holder}) && host.active("trendcards", holder);
}

std::vector<store::ListedOrder> ordersHeld(const Request& request, Host& host) {
  const auto holders = holdersOf(request, host);
  return host.read([&](ReadTx& tx) { return store::ordersNewestFirst(tx, holders, kMostOrders); });
}

store::ListedOrder requireOrder(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    const auto id = request.parameters.id<OrderId>("order");
    auto order = id ? store::order(tx, *id) : std::nullopt;
    if (!order) throw NotFound();
    auto of = store::listedStock(tx, order->stock);
    return store::ListedOrder{std::move(*order), std::move(*of)};
  });
}

store::ListedStock requireStock(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    const auto id = request.parameters.id<StockId>("stock");
    auto found = id ? store::listedStock(tx, *id) : std::nullopt;
    if (!found) throw NotFound();
    return std::move(*found);
  });
}

std::vector<View> crumbs(const std::string& last, const view::Words& words) {
  return breadcrumbs({{"/trendcards", words.text("trendcards.navigation")},
                      {"/trendcards/orders", words.text("trendcards.orders.title")},
                      {"", last}},
                     words);
}

Form editForm(const Order& order) {
  Form form(view::editFields());
  form.fill("revision", std::to_string(order.revision)).fill("count", std::to_string(order.count));
  form.fill("address", order.address).fill("wish", order.wish);
  return form;
}

Response show(const Request& request, Host& host, const store::ListedOrder& listed, const Form& edit, const Form& decline,
              int status = 200) {
  const view::Words words(request, host);
  View view;
  view::fillOrder(view, listed, words);
  view.set("action", words.link(view::pathOf(listed.order.id)))
      .flag("can_accept", canBecome(listed.order.state, OrderState::accepted))
      .flag("can_send", canBecome(listed.order.state, OrderState::sent))
      .group("edit", edit.view(words.texts(), words.locale()))
      .group("decline", decline.view(words.texts(), words.locale()))
      .list("breadcrumbs", crumbs(words.text("trendcards.order.own.title"), words));
  return host.page(request, "order_manage", std::move(view), {.status = status, .title = words.text("trendcards.order.own.title")});
}

Response afterwards(const Request& request, Host& host, OrderId order, Deed deed) {
  return host.redirect(request, view::pathOf(order),
                       deed == Deed::done    ? "trendcards.order.flash.done"
                       : deed == Deed::stale ? "trendcards.orders.error.stale"
                                             : "trendcards.order.flash.not_now");
}

// ---- stock ----

struct NewStock {
  std::vector<EditionHead> editions;
  std::vector<Choice> holders;
};
NewStock choicesOf(const Request& request, Host& host, const view::Words& words) {
  NewStock choices;
  if (holds(request, host, std::nullopt)) choices.holders.push_back({"nation", words.place(std::nullopt), true});
  for (const Region& region : host.regions())
    if (holds(request, host, region.code)) choices.holders.push_back({region.code.text(), words.pick(region.name), true});
  choices.editions = host.read([&](ReadTx& tx) {
    auto editions = store::printable(tx, std::nullopt);
    for (const Choice& holder : choices.holders)
      if (const auto region = RegionCode::parse(holder.value))
        for (EditionHead& head : store::printable(tx, region))
          if (std::ranges::none_of(editions, [&](const EditionHead& each) { return each.id == head.id; }))
            editions.push_back(std::move(head));
    return editions;
  });
  return choices;
}

Response showStockForm(const Request& request, Host& host, const Form& form, const std::string& path,
                       const std::string& what, int status) {
  const view::Words words(request, host);
  View view;
  view.group("form", form.view(words.texts(), words.locale()))
      .set("action", words.link(path))
      .set("what", what)
      .list("breadcrumbs", crumbs(words.text("trendcards.orders.stock.title"), words));
  return host.page(request, "stock", std::move(view), {.status = status, .title = words.text("trendcards.orders.stock.title")});
}

std::string whatOf(const store::ListedStock& listed, const view::Words& words) {
  return view::editionText(listed, words) + " – " + words.place(listed.stock.holder);
}

}  // namespace

store::Holders holdersOf(const Request& request, Host& host) {
  store::Holders holders;
  if (holds(request, host, std::nullopt)) holders.push_back(std::nullopt);
  for (const Region& region : host.regions())
    if (holds(request, host, region.code)) holders.push_back(region.code);
  return holders;
}

Response listOrders(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto held = ordersHeld(request, host);
  Table table(view::orderTable(held, words), request);
  auto wanted = view::chosen(held, table);
  const auto count = static_cast<std::int64_t>(wanted.size());
  const auto begin = std::min(wanted.size(), static_cast<std::size_t>(table.offset()));
  const auto end = std::min(wanted.size(), begin + static_cast<std::size_t>(table.limit()));
  const std::vector<store::ListedOrder> page(wanted.begin() + static_cast<std::ptrdiff_t>(begin),
                                             wanted.begin() + static_cast<std::ptrdiff_t>(end));
  auto rows = view::orderRows(page, table.format().has_value(), words);
  if (table.format()) return table.file(request, host, std::move(rows), "tilaukset");
  auto stocks = host.read([](ReadTx& tx) { return store::stocksAfter(tx, StockId{0}, 1000); });
  std::erase_if(stocks, [&](const auto& each) { return !holds(request, host, each.stock.holder); });
  View view;
  view.group("table", table.view(request, host, std::move(rows), count));
  setList(view, "stocks", each(stocks, [&](const store::ListedStock& stock) {
            View row;
            row.set("what", whatOf(stock, words)).set("href", words.link(view::pathOf(stock.stock.id) + "/edit"));
            row.set("left", words.format("trendcards.orders.stocks.left", {{"left", stock.stock.left}, {"ceiling", stock.stock.ceiling}}));
            return row;
          }));
  return host.page(request, "orders", std::move(view), {.title = words.text("trendcards.orders.title")});
}

Response showOrder(const Request& request, Host& host) {
  const auto listed = requireOrder(request, host);
  return show(request, host, listed, editForm(listed.order), Form(view::declineFields()));
}

Response advanceOrder(const Request& request, Host& host) {
  const auto listed = requireOrder(request, host);
  const auto to = kOrderStates.parse(request.form.text("to"));
  if (to != OrderState::accepted && to != OrderState::sent && to != OrderState::declined)
    throw RequestError(422, "trendcards.order.flash.not_now", "an order can not become that");
  std::string reason;
  if (to == OrderState::declined) {
    const Form form = Form::read(view::declineFields(), request.form);
    if (!form.ok()) return show(request, host, listed, editForm(listed.order), form, 422);
    reason = form.text("reason");
  }
  const auto deed = host.write(request, [&](WriteTx& tx) { return operations::advance(tx, listed.order.id, *to, reason); });
  return afterwards(request, host, listed.order.id, deed);
}

Response editOrder(const Request& request, Host& host) {
  const auto listed = requireOrder(request, host);
  Form form = Form::read(view::editFields(), request.form);
  const auto again = [&] { return show(request, host, listed, form, Form(view::declineFields()), 422); };
  if (!form.ok()) return again();
  Order changed = listed.order;
  changed.revision = parseId(form.text("revision")).value_or(0);
  changed.count = *form.number("count");
  changed.address = form.text("address");
  changed.wish = form.text("wish");
  const auto deed = host.write(request, [&](WriteTx& tx) { return operations::edit(tx, changed); });
  if (deed == Deed::overStock) {
    form.error("count", "trendcards.order.error.over_stock", {{"left", std::to_string(listed.of.stock.left)}});
    return again();
  }
  if (deed == Deed::stale) {
    form.fill("revision", std::to_string(listed.order.revision)).error("", "trendcards.orders.error.stale");
    return again();
  }
  return afterwards(request, host, listed.order.id, deed);
}

Response showOrderFigures(const Request& request, Host& host) {
  const view::Words words(request, host);
  auto sent = ordersHeld(request, host);
  std::erase_if(sent, [](const auto& each) { return each.order.state != OrderState::sent; });
  const auto charts = view::figures(sent, words);
  if (request.query.text("format") == "xlsx") {
    spreadsheet::Writer file(spreadsheet::Format::xlsx, words.text("trendcards.orders.figures"),
                             {words.text("trendcards.orders.figures.month"), words.text("trendcards.orders.column.edition"),
                              words.text("trendcards.orders.column.region"), words.text("trendcards.order.sector"),
                              words.text("trendcards.orders.figures.decks")});
    for (const auto& each : sent)
      file.row({Date::of(*each.order.endedAt).text().substr(0, 7), view::editionText(each.of, words),
                words.place(each.order.region), words.text("directory.sector." + std::string(code(each.order.sector))),
                each.order.count});
    return spreadsheet::download(spreadsheet::Format::xlsx, words.text("trendcards.orders.figures"), file.finish());
  }
  View view;
  setList(view, "charts", each(charts, [&](const Chart& chart) {
            View item;
            item.group("chart_data", chartView(chart, words.locale())).set("title", chart.title);
            return item;
          }));
  view.flag("has_sent", !sent.empty()).list("breadcrumbs", crumbs(words.text("trendcards.orders.figures"), words));
  return host.page(request, "order_figures", std::move(view), {.title = words.text("trendcards.orders.figures")});
}

Response newStock(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto choices = choicesOf(request, host, words);
  Form form(view::newStockFields(choices.editions, choices.holders, words));
  form.fill("ceiling", "5");
  if (choices.holders.size() == 1) form.fill("holder", choices.holders.front().value);
  return showStockForm(request, host, form, "/trendcards/stock/new", {}, 200);
}

Response addStock(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto choices = choicesOf(request, host, words);
  const Form form = Form::read(view::newStockFields(choices.editions, choices.holders, words), request.form);
  if (!form.ok()) return showStockForm(request, host, form, "/trendcards/stock/new", {}, 422);
  Stock stock;
  stock.edition = {*parseId(form.text("edition"))};
  stock.holder = RegionCode::parse(form.text("holder"));
  stock.left = *form.number("count");
  stock.ceiling = *form.number("ceiling");
  stock.note = form.text("note");
  host.write(request, [&](WriteTx& tx) { return operations::addStock(tx, stock); });
  return host.redirect(request, "/trendcards/orders", "trendcards.order.flash.stock");
}

Response editStock(const Request& request, Host& host) {
  const auto listed = requireStock(request, host);
  const view::Words words(request, host);
  Form form(view::stockFields(listed.stock, words));
  form.fill("revision", std::to_string(listed.stock.revision)).fill("added", "0");
  form.fill("ceiling", std::to_string(listed.stock.ceiling)).fill("note", listed.stock.note);
  return showStockForm(request, host, form, view::pathOf(listed.stock.id) + "/edit", whatOf(listed, words), 200);
}

Response saveStock(const Request& request, Host& host) {
  const auto listed = requireStock(request, host);
  const view::Words words(request, host);
  Form form = Form::read(view::stockFields(listed.stock, words), request.form);
  const auto again = [&] {
    return showStockForm(request, host, form, view::pathOf(listed.stock.id) + "/edit", whatOf(listed, words), 422);
  };
  if (!form.ok()) return again();
  Stock stock = listed.stock;
  stock.revision = parseId(form.text("revision")).value_or(0);
  stock.ceiling = *form.number("ceiling");
  stock.note = form.text("note");
  const std::int64_t added = form.number("added").value_or(0);
  const auto deed = host.write(request, [&](WriteTx& tx) { return operations::saveStock(tx, stock, added); });
  if (deed == Deed::done) return host.redirect(request, "/trendcards/orders", "trendcards.order.flash.stock");
  if (deed == Deed::overStock) form.error("added", "trendcards.orders.stock.error.too_few");
  else form.fill("revision", std::to_string(listed.stock.revision)).error("", "trendcards.orders.error.stale");
  return again();
}

}  // namespace toimela::trendcards::handlers
