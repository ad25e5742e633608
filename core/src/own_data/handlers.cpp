#include "own_data/handlers.h"

#include "own_data/erasures.h"
#include "own_data/take_out.h"

namespace toimela::own_data {

namespace {

FormSpec erasureFields() { return {Field::flag("understood", "own_data.erase.understood").required()}; }

Response page(const Request& request, Host& host, const Form& form, int status = 200) {
  const auto erasure = host.read([&](ReadTx& tx) { return findErasure(tx, *request.actor.person); });
  View view;
  view.flag("is_asked", erasure.has_value())
      .set("due", erasure ? showInstant(erasure->dueAt, request.locale) : "")
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "own_data", std::move(view),
                   {.status = status, .title = host.texts().get(request.locale, "own_data.title")});
}

}  // namespace

Response showOwnData(const Request& request, Host& host) { return page(request, host, Form(erasureFields())); }

Response downloadOwnData(const Request& request, Host& host) {
  host.write(request, [&](WriteTx& tx) {
    tx.audit({.action = "core.person.take_out", .object = "person:" + request.actor.person->text()});
  });
  return asDownload(takeOut(core(host), *request.actor.person), "toimela-" + Date::today().text() + ".zip");
}

Response submitErasure(const Request& request, Host& host) {
  Form form = Form::read(erasureFields(), request.form);
  if (!form.ok()) return page(request, host, form, 422);
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    const auto person = directory::findPerson(tx, *request.actor.person);
    if (!person) throw NotFound();
    return askErasure(tx, core(host), *person);
  });
  if (outcome == AskedErasure::isLastAdministrator) {
    form.error("", "own_data.erase.last_administrator");
    return page(request, host, form, 422);
  }
  return host.redirect(request, "/account/data", "own_data.flash.asked");
}

Response submitTakeBack(const Request& request, Host& host) {
  const bool done = host.write(request, [&](WriteTx& tx) { return takeBackErasure(tx, *request.actor.person); });
  return host.redirect(request, "/account/data", done ? "own_data.flash.taken_back" : "");
}

}  // namespace toimela::own_data
