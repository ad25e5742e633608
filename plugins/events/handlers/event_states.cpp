// Publishing, calling off, copying and removing an event.
#include "handlers/managing.h"
#include "handlers/organised.h"
#include "handlers/removing.h"
#include "operations/organising.h"
#include "store/managing.h"
#include "view/managing.h"

namespace toimela::events::handlers {

namespace {

EventId requireId(const Request& request) {
  const auto id = request.parameters.id<EventId>("event");
  if (!id) throw NotFound();
  return *id;
}

FormSpec cancelFields() {
  return {Field::multiline("reason", "events.call_off.reason").hint("events.call_off.reason_hint").longest(500)};
}

FormSpec copyFields() { return {Field::date("day", "events.copy.day").required()}; }

/// A page that asks something about an event before it is done.
Response ask(const Request& request, Host& host, std::string_view page, const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    view::showHead(view, event, "", words);
    view.set("told", words.count("events.call_off.told", static_cast<std::int64_t>(
                                                           store::liveRegistrations(tx, event.id).size())))
        .flag("is_published", event.status == EventStatus::published);
    return true;
  });
  view.group("form", form.view(words.texts(), words.locale()));
  return host.page(request, page, std::move(view), {.status = status});
}

}  // namespace

Response publishEvent(const Request& request, Host& host) {
  const EventId id = requireId(request);
  const bool isDone = host.write(request, [&](WriteTx& tx) { return operations::publish(tx, id); });
  return host.redirect(request, view::pathOf(id) + "/manage",
                       isDone ? "events.done.published" : "events.done.not_draft");
}

Response askCancelEvent(const Request& request, Host& host) {
  return ask(request, host, "organise_cancel", Form(cancelFields()));
}

Response cancelEvent(const Request& request, Host& host) {
  const EventId id = requireId(request);
  const Form form = Form::read(cancelFields(), request.form);
  if (!form.ok()) return ask(request, host, "organise_cancel", form, 422);
  const bool isDone = host.write(
      request, [&](WriteTx& tx) { return operations::cancelEvent(tx, id, form.text("reason")); });
  return host.redirect(request, view::pathOf(id) + "/manage",
                       isDone ? "events.done.cancelled" : "events.done.not_published");
}

Response askCopyEvent(const Request& request, Host& host) {
  return ask(request, host, "organise_copy", Form(copyFields()));
}

Response copyEvent(const Request& request, Host& host) {
  const EventId id = requireId(request);
  const Form form = Form::read(copyFields(), request.form);
  if (!form.ok()) return ask(request, host, "organise_copy", form, 422);
  const EventId copy = host.write(
      request, [&](WriteTx& tx) { return operations::copyEvent(tx, id, form.date("day").value()); });
  return host.redirect(request, view::pathOf(copy) + "/edit", "events.done.copied");
}

Response keepEvent(const Request& request, Host& host) {
  const EventId id = requireId(request);
  const EventId kept =
      host.write(request, [&](WriteTx& tx) { return operations::keepAsTemplate(tx, id); });
  return host.redirect(request, view::pathOf(kept) + "/manage", "events.done.kept");
}

Response removeEvent(const Request& request, Host& host) {
  const EventId id = requireId(request);
  const auto removal = host.write(request, [&](WriteTx& tx) { return operations::removeDraft(tx, id); });
  if (removal.isDone) return afterRemoval(request, host, id, "/events/manage", "events.done.removed", removal);
  return host.redirect(request, view::pathOf(id) + "/manage", "events.done.not_removed");
}

}  // namespace toimela::events::handlers
