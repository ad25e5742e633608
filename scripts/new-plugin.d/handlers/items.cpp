#include "handlers/items.h"

#include "operations/items.h"
#include "store/items.h"
#include "view/items.h"

namespace toimela::@name@::handlers {

namespace {

std::string pathOf(const Request& request) {
  return view::pathOf(request.parameters.text("region"));
}

Response showForm(const Request& request, Host& host, const Form& form, int status = 200) {
  View view;
  view.set("path", request.link(pathOf(request)))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "item_new", std::move(view), {.status = status});
}

}  // namespace

Response showItems(const Request& request, Host& host) {
  auto items = host.read([&](ReadTx& tx) { return store::itemsOf(tx, *request.region); });
  std::erase_if(items, [](const Item& item) { return !isCurrent(item, Date::today()); });
  View view = view::itemList(items, request.locale);
  view.set("path", request.link(pathOf(request)))
      .flag("can_add", host.allowed(request.actor, kAddItem, request.scope));
  return host.page(request, "items", std::move(view));
}

Response newItem(const Request& request, Host& host) {
  return showForm(request, host, Form(view::itemFields()));
}

Response addItem(const Request& request, Host& host) {
  const Form form = Form::read(view::itemFields(), request.form);
  if (!form.ok()) return showForm(request, host, form, 422);
  host.write(request, [&](WriteTx& tx) {
    return operations::addItem(tx, view::readItem(form, *request.region));
  });
  return host.redirect(request, pathOf(request), "@name@.flash.item_added");
}

}  // namespace toimela::@name@::handlers
