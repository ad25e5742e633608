#include "view/orders.h"

#include <unicode/datefmt.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "toimela/numbers.h"
#include "toimela/secrets.h"
#include "toimela/texts.h"
#include "toimela/words.h"

namespace toimela::trendcards::view {

namespace {

std::string token(Host& host, const Order& order) {
  return host.sign("trendcards.order:" + order.id.text() + ":" + order.accessNonce);
}

std::string sectorText(Sector sector, const Words& words) {
  return words.text("directory.sector." + std::string(code(sector)));
}

/// "marraskuu 2026" of "2026-11".
std::string monthText(const std::string& month, const Words& words) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createInstanceForSkeleton(
      "yMMMM", icu::Locale(std::string(code(words.locale())).c_str()), status));
  if (U_FAILURE(status)) return month;
  // Its middle is in it by the clock of every place.
  const auto middle = std::chrono::sys_days(Date::parse(month + "-15")->day()).time_since_epoch();
  icu::UnicodeString shown;
  std::string text;
  format->format(static_cast<UDate>(std::chrono::milliseconds(middle).count()), shown).toUTF8String(text);
  return text;
}

std::vector<Choice> sectors() {
  std::vector<Choice> choices;
  for (const Sector sector : kSectors)
    choices.push_back({std::string(code(sector)), "directory.sector." + std::string(code(sector))});
  return choices;
}

std::vector<Choice> regions(const Words& words) {
  std::vector<Choice> choices;
  for (const Region& region : words.host().regions()) choices.push_back({region.code.text(), words.pick(region.name), true});
  return choices;
}

std::vector<Choice> stockChoices(const OrderShape& shape, const Words& words) {
  std::vector<Choice> choices;
  for (const store::ListedStock& each : shape.stocks)
    choices.push_back({each.stock.id.text(),
                       words.format("trendcards.order.stock_choice", {{"language", words.language(each.language)},
                                                                     {"version", each.version},
                                                                     {"holder", words.place(each.stock.holder)},
                                                                     {"left", each.stock.left},
                                                                     {"ceiling", each.stock.ceiling}}),
                       true});
  return choices;
}

std::optional<Organisation> organisationIn(const Form& form, const OrderShape& shape) {
  const auto found = std::ranges::find_if(
      shape.organisations, [&](const Organisation& each) { return each.id.text() == form.text("organisation"); });
  return found == shape.organisations.end() ? std::nullopt : std::optional(*found);
}

/// Does every typed word begin a word of the text?
bool isFound(const std::string& text, const std::string& typed) {
  const auto known = toimela::words::fold(text), asked = toimela::words::fold(typed);
  return std::ranges::all_of(asked, [&](const std::string& word) {
    return std::ranges::any_of(known, [&](const std::string& each) { return each.starts_with(word); });
  });
}

TableCell stateCell(OrderState state, const Words& words) {
  const char* tag = state == OrderState::sent ? "tag tag--ok" : isOpen(state) ? "tag tag--info" : "tag";
  return TableCell(stateText(state, words)).tagged(tag);
}

}  // namespace

std::string pathOf(OrderId order) { return "/trendcards/orders/" + order.text(); }
std::string pathOf(StockId stock) { return "/trendcards/stock/" + stock.text(); }
std::string privatePath(Host& host, const Order& order) { return pathOf(order.id) + "/" + token(host, order); }
bool opens(Host& host, const Order& order, std::string_view given) {
  // An order that is forgotten has no nonce, and no link that opens it.
  return !order.accessNonce.empty() && secrets::equal(token(host, order), given);
}

std::string editionText(const store::ListedStock& of, const Words& words) {
  return words.format("trendcards.order.edition", {{"title", of.title}, {"language", words.language(of.language)}, {"version", of.version}});
}
std::string stateText(OrderState state, const Words& words) {
  return words.text(std::string("trendcards.order.state.").append(kOrderStates.code(state)));
}

FormSpec orderFields(const OrderShape& shape, const Words& words) {
  FormSpec fields;
  fields.push_back(Field::hidden("key"));
  fields.push_back(Field::choice("stock", "trendcards.order.stock", stockChoices(shape, words)).required());
  fields.push_back(Field::number("count", "trendcards.order.count", 1, kMostOrdered).required());
  if (!shape.organisations.empty()) {
    std::vector<Choice> own{{"", "trendcards.order.organisation.choose"}};
    for (const Organisation& each : shape.organisations) own.push_back({each.id.text(), words.pick(each.name), true});
    fields.push_back(Field::choice("organisation", "trendcards.order.organisation", std::move(own)).required());
  } else {
    fields.push_back(Field::text("organisation_name", "trendcards.order.organisation_name").longest(150).required().autocomplete("organization"));
    fields.push_back(Field::choice("sector", "trendcards.order.sector", sectors()).required());
    fields.push_back(Field::choice("region", "trendcards.order.region", regions(words)).required());
  }
  if (!shape.person) {
    fields.push_back(Field::text("name", "trendcards.order.name").longest(150).required().autocomplete("name"));
    fields.push_back(Field::email("email", "trendcards.order.email").required().autocomplete("email"));
  }
  fields.push_back(Field::multiline("address", "trendcards.order.address").longest(kLongestAddress).required()
                       .hint("trendcards.order.address.hint").autocomplete("street-address"));
  fields.push_back(Field::multiline("wish", "trendcards.order.wish").longest(kLongestWish).hint("trendcards.order.wish.hint"));
  return fields;
}

Form blankOrder(const OrderShape& shape, const Words& words) {
  Form form(orderFields(shape, words));
  form.fill("key", secrets::random()).fill("count", "1");
  if (shape.stocks.size() == 1) form.fill("stock", shape.stocks.front().stock.id.text());
  if (shape.organisations.size() == 1) form.fill("organisation", shape.organisations.front().id.text());
  return form;
}

std::optional<Order> readOrder(Form& form, const OrderShape& shape, Locale locale) {
  if (!form.ok()) return std::nullopt;
  Order order;
  order.stock = {*parseId(form.text("stock"))};
  order.formKey = form.text("key").empty() ? secrets::random() : form.text("key");
  order.count = *form.number("count");
  if (const auto organisation = organisationIn(form, shape)) {
    order.organisation = organisation->id;
    order.organisationName = organisation->name.pick(locale).text;
    order.sector = organisation->sector;
    order.region = organisation->region;
  } else {
    order.organisationName = form.text("organisation_name");
    order.sector = parseSector(form.text("sector")).value_or(Sector::other);
    order.region = *RegionCode::parse(form.text("region"));
  }
  order.name = shape.person ? shape.person->name() : form.text("name");
  order.email = shape.person ? shape.person->email.text() : form.email("email")->text();
  if (shape.person) order.person = shape.person->id;
  order.address = form.text("address");
  order.wish = form.text("wish");
  order.locale = locale;
  order.accessNonce = secrets::random();
  return order;
}

void explain(Form& form, const operations::Refused& refused) {
  using Why = operations::Refused::Why;
  if (refused.why == Why::tooMany) return form.error("", "trendcards.order.error.too_many");
  if (refused.why == Why::mailsEnough) return form.error("email", "mail.address.enough");
  const bool isOverStock = refused.why == Why::overStock;
  form.error("count", isOverStock ? "trendcards.order.error.over_stock" : "trendcards.order.error.over_ceiling",
             {{"left", std::to_string(refused.left)}});
}

View orderPage(const OrderShape& shape, const Form& form, const Words& words) {
  View view;
  std::vector<View> notes;
  std::set<std::pair<std::string, std::string>> said;  // a holder says the same of each language
  for (const store::ListedStock& each : shape.stocks) {
    const std::string holder = words.place(each.stock.holder);
    if (each.stock.note.empty() || !said.emplace(holder, each.stock.note).second) continue;
    notes.push_back(View());
    notes.back().set("holder", holder).set("note", each.stock.note);
  }
  view.set("title", shape.title)
      .set("action", words.link(pathOf(shape.deck.id) + "/order"))
      .set("print", words.link(pathOf(shape.deck.id) + "/print"))
      .flag("has_stock", !shape.stocks.empty())
      .flag("is_visitor", !shape.person)
      .group("form", form.view(words.texts(), words.locale()))
      .list("breadcrumbs", breadcrumbs({{"/trendcards", words.text("trendcards.navigation")},
                                        {pathOf(shape.deck.id), shape.title},
                                        {"", words.text("trendcards.order.title")}},
                                       words));
  setList(view, "notes", std::move(notes));
  return view;
}

void fillOrder(View& view, const store::ListedOrder& listed, const Words& words) {
  const Order& order = listed.order;
  std::vector<View> facts;
  const auto add = [&](std::string_view key, const std::string& value) {
    if (value.empty()) return;
    facts.push_back(View());
    facts.back().set("label", words.text(std::string("trendcards.order.").append(key))).set("value", value);
  };
  add("fact.deck", editionText(listed.of, words));
  add("fact.count", showNumber(order.count, words.locale()));
  add("fact.state", stateText(order.state, words));
  add("fact.reason", order.reason);
  add("fact.holder", words.place(listed.of.stock.holder));
  add("fact.organisation", order.organisationName);
  add("region", words.place(order.region));
  add("fact.name", order.name);
  add("email", order.email);
  add("address", order.address);
  add("wish", order.wish);
  add("fact.created", showInstant(order.createdAt, words.locale()));
  if (order.endedAt) add("fact.ended", showInstant(*order.endedAt, words.locale()));
  view.list("facts", std::move(facts))
      .flag("is_forgotten", order.forgottenAt.has_value())
      .flag("is_open", isOpen(order.state))
      .flag("is_unconfirmed", order.state == OrderState::unconfirmed);
}

namespace {

std::vector<View> ownRows(const std::vector<store::ListedOrder>& orders, Host& host, const Words& words) {
  std::vector<View> rows;
  for (const store::ListedOrder& each : orders) {
    View row;
    row.set("deck", editionText(each.of, words))
        .set("count", showNumber(each.order.count, words.locale()))
        .set("state", stateText(each.order.state, words))
        .set("date", showDate(Date::of(each.order.createdAt), words.locale()))
        .set("href", each.order.accessNonce.empty() ? std::string() : words.link(privatePath(host, each.order)));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

View ownOrdersPage(const std::vector<store::ListedOrder>& own, const std::vector<store::ListedOrder>& ofOrganisations,
                   Host& host, const Words& words) {
  View view;
  setList(view, "own", ownRows(own, host, words));
  setList(view, "of_organisations", ownRows(ofOrganisations, host, words));
  view.list("breadcrumbs", breadcrumbs({{"/trendcards", words.text("trendcards.navigation")},
                                        {"", words.text("trendcards.order.mine.title")}},
                                       words));
  return view;
}

TableSpec orderTable(const std::vector<store::ListedOrder>& all, const Words& words) {
  TableSpec spec{.id = "orders",
                 .path = "/trendcards/orders",
                 .captionKey = "trendcards.orders.caption",
                 .searchKey = "trendcards.orders.search",
                 .filters = {},
                 .columns = {TableColumn::text("created", "trendcards.orders.column.created").heads(),
                             TableColumn::text("state", "trendcards.orders.column.state"),
                             TableColumn::text("edition", "trendcards.orders.column.edition"),
                             TableColumn::number("count", "trendcards.orders.column.count"),
                             TableColumn::text("organisation", "trendcards.orders.column.organisation"),
                             TableColumn::text("region", "trendcards.orders.column.region"),
                             TableColumn::text("name", "trendcards.orders.column.name"),
                             TableColumn::text("address", "trendcards.orders.column.address"),
                             TableColumn::text("wish", "trendcards.orders.column.wish")},
                 .sort = "created",
                 .descending = true,
                 .emptyKey = "trendcards.orders.empty",
                 .emptyTextKey = "trendcards.orders.empty_text"};
  TableFilter states{"state", "trendcards.orders.column.state", "trendcards.orders.every_state", {{"open", "trendcards.orders.open"}}};
  for (const OrderState state : kOrderStates)
    states.choices.push_back({std::string(kOrderStates.code(state)), std::string("trendcards.order.state.").append(kOrderStates.code(state))});
  TableFilter editions{"edition", "trendcards.orders.column.edition", "trendcards.orders.every_deck", {}};
  for (const store::ListedOrder& each : all) {
    const std::string id = each.of.stock.edition.text();
    if (std::ranges::find(editions.choices, id, &Choice::value) == editions.choices.end())
      editions.choices.push_back({id, editionText(each.of, words), true});
  }
  spec.filters = {std::move(states), std::move(editions)};
  return spec;
}

std::vector<store::ListedOrder> chosen(std::vector<store::ListedOrder> all, const Table& table) {
  const std::string& state = table.filter("state");
  const std::string& edition = table.filter("edition");
  std::erase_if(all, [&](const store::ListedOrder& each) {
    const Order& order = each.order;
    if (state == "open" ? !isOpen(order.state) : !state.empty() && state != kOrderStates.code(order.state)) return true;
    if (!edition.empty() && edition != each.of.stock.edition.text()) return true;
    return !table.words().empty() && !isFound(order.organisationName + " " + order.name, table.words());
  });
  return all;
}

std::vector<TableRow> orderRows(const std::vector<store::ListedOrder>& orders, bool isFile, const Words& words) {
  std::vector<TableRow> rows;
  for (const store::ListedOrder& each : orders) {
    const Order& order = each.order;
    const auto created = isFile ? TableCell(spreadsheet::Cell(order.createdAt)) : TableCell(showInstant(order.createdAt, words.locale()));
    rows.push_back({{TableCell(created).linked(words.link(pathOf(order.id))), stateCell(order.state, words),
                     editionText(each.of, words), spreadsheet::Cell(order.count), order.organisationName,
                     words.place(order.region), order.name, order.address, order.wish}});
  }
  return rows;
}

FormSpec editFields() {
  return {Field::hidden("revision"), Field::number("count", "trendcards.order.count", 1, kMostOrdered).required(),
          Field::multiline("address", "trendcards.order.address").longest(kLongestAddress).required(),
          Field::multiline("wish", "trendcards.order.wish").longest(kLongestWish)};
}
FormSpec declineFields() {
  return {Field::multiline("reason", "trendcards.orders.reason").longest(kLongestReason).required()};
}

FormSpec newStockFields(const std::vector<EditionHead>& editions, const std::vector<Choice>& holders, const Words& words) {
  std::vector<Choice> printed;
  for (const EditionHead& each : editions)
    printed.push_back({each.id.text(),
                       words.format("trendcards.order.edition", {{"title", each.title}, {"language", words.language(each.language)},
                                                                {"version", each.version}}),
                       true});
  return {Field::choice("edition", "trendcards.orders.stock.edition", std::move(printed)).required(),
          Field::choice("holder", "trendcards.orders.stock.holder", holders).required(),
          Field::number("count", "trendcards.orders.stock.count", 0, kMostStock).required(),
          Field::number("ceiling", "trendcards.orders.stock.ceiling", 1, kMostOrdered).required(),
          Field::multiline("note", "trendcards.orders.stock.note").longest(kLongestNote)};
}

FormSpec stockFields(const Stock& stock, const Words& words) {
  return {Field::hidden("revision"),
          Field::number("added", "", -kMostStock, kMostStock)
              .asks(words.text("trendcards.orders.stock.added"),
                    words.format("trendcards.orders.stock.added.hint", {{"left", stock.left}})),
          Field::number("ceiling", "trendcards.orders.stock.ceiling", 1, kMostOrdered).required(),
          Field::multiline("note", "trendcards.orders.stock.note").longest(kLongestNote)};
}

std::vector<Chart> figures(const std::vector<store::ListedOrder>& sent, const Words& words) {
  const auto chartOf = [&](std::string_view title, std::string_view category, Chart::Kind kind, auto labelOf) {
    Chart chart{.kind = kind, .title = words.text(title), .category = words.text(category),
                .series = {words.text("trendcards.orders.figures.decks")}, .rows = {}};
    std::map<std::string, std::int64_t> counts;
    for (const store::ListedOrder& each : sent) counts[labelOf(each)] += each.order.count;
    for (const auto& [label, count] : counts) chart.rows.push_back({label, {count}});
    return chart;
  };
  std::vector<Chart> charts;
  charts.push_back(chartOf("trendcards.orders.figures.by_region", "trendcards.orders.column.region", Chart::Kind::barAcross,
                           [&](const auto& each) { return words.place(each.order.region); }));
  charts.push_back(chartOf("trendcards.orders.figures.by_sector", "trendcards.order.sector", Chart::Kind::barAcross,
                           [&](const auto& each) { return sectorText(each.order.sector, words); }));
  charts.push_back(chartOf("trendcards.orders.figures.by_edition", "trendcards.orders.column.edition", Chart::Kind::barAcross,
                           [&](const auto& each) { return editionText(each.of, words); }));
  charts.push_back(chartOf("trendcards.orders.figures.by_month", "trendcards.orders.figures.month", Chart::Kind::bar,
                           [&](const auto& each) { return Date::of(*each.order.endedAt).text().substr(0, 7); }));
  // Named only now: they stand in the order of time.
  for (Chart::Row& row : charts.back().rows) row.label = monthText(row.label, words);
  return charts;
}

}  // namespace toimela::trendcards::view
