#include "handlers/items.h"

#include "store/items.h"

namespace toimela::@name@ {
namespace {

std::string pathOf(const Request& request) {
  return "/regions/" + request.parameters.text("region") + "/@name@";
}

FormSpec itemForm() {
  return {
      Field::localText("name", "@name@.field.name").required().longest(120),
      Field::date("last_day", "@name@.field.last_day").hint("@name@.hint.last_day"),
  };
}

Response showForm(const Request& request, Host& host, const Form& form, int status) {
  View view;
  view.group("form", form.view(host.texts(), request.locale));
  view.set("action", request.link(pathOf(request)));
  PageOptions options;
  options.status = status;
  return host.page(request, "item_form", std::move(view), std::move(options));
}

}  // namespace

Response showItems(const Request& request, Host& host) {
  const auto items = host.read([&](ReadTx& tx) { return itemsOf(tx, *request.region); });
  std::vector<View> rows;
  for (const Item& item : items) {
    if (!isCurrent(item, Date::today())) continue;
    View row;
    row.text("name", item.name, request.locale);
    row.set("last_day", item.lastDay ? showDate(*item.lastDay, request.locale) : std::string());
    rows.push_back(std::move(row));
  }
  View view;
  view.flag("empty", rows.empty());
  view.list("items", std::move(rows));
  view.flag("can_add", host.allowed(request.actor, kEditItems, request.scope));
  view.set("new_path", request.link(pathOf(request) + "/new"));
  return host.page(request, "items", std::move(view));
}

Response newItem(const Request& request, Host& host) {
  return showForm(request, host, Form(itemForm()), 200);
}

Response addItem(const Request& request, Host& host) {
  const Form form = Form::read(itemForm(), request.form);
  if (!form.ok()) return showForm(request, host, form, 422);
  host.write(request, [&](WriteTx& tx) {
    const ItemId id =
        insertItem(tx, *request.region, form.localText("name"), form.date("last_day"));
    AuditEntry entry;
    entry.action = "@name@.item.add";
    entry.object = "item:" + id.text();
    entry.region = request.region;
    tx.audit(std::move(entry));
  });
  return host.redirect(request, pathOf(request), "@name@.flash.added");
}

}  // namespace toimela::@name@
