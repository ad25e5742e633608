#include "handlers/programme.h"

#include "handlers/organised.h"
#include "operations/organising.h"
#include "store/events.h"
#include "store/managing.h"
#include "store/places.h"
#include "view/managing.h"
#include "view/programme.h"

namespace toimela::events::handlers {

namespace {

using operations::PartProblem;

std::string programmePath(EventId event) { return view::pathOf(event) + "/programme"; }

/// The form of a part, sent to the path of the request.
Response showForm(const Request& request, Host& host, const Event& event, std::string_view titleKey,
                  const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  view::showHead(view, event, "programme", words);
  view.set("title", words.text(titleKey))
      .set("action", words.link(request.path))
      .group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "organise_part", std::move(view),
                   {.status = status, .title = words.text(titleKey)});
}

Event readEvent(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
}

FormSpec reasonFields() {
  return {Field::multiline("reason", "events.organise.reason")
              .hint("events.organise.reason_hint")
              .longest(500)
              .required()};
}

Response showRemove(const Request& request, Host& host, const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    const Session session = requireSession(tx, request, event);
    const auto choosers = static_cast<std::int64_t>(store::choosersOf(tx, event.id, session.id).size());
    view::showHead(view, event, "programme", words);
    view.text("session", session.title, words.locale())
        .set("choosers", words.count("events.session.choosers", choosers))
        .set("action", words.link(request.path));
    return true;
  });
  view.group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "organise_session_remove", std::move(view), {.status = status});
}

}  // namespace

Response showProgramme(const Request& request, Host& host) {
  const view::Words words(request, host);
  View view;
  host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    view::showHead(view, event, "programme", words);
    view::showProgramme(view, event, store::sessionsOf(tx, event.id), store::quotasOf(tx, event.id),
                        store::loadPlaces(tx, event.id), words);
    return true;
  });
  return host.page(request, "organise_programme", std::move(view));
}

Response newSession(const Request& request, Host& host) {
  const Event event = readEvent(request, host);
  Form form(view::sessionFields());
  view::fillSession(form, view::newSession(event));
  return showForm(request, host, event, "events.session.new", form);
}

Response addSession(const Request& request, Host& host) {
  const Event event = readEvent(request, host);
  Form form = Form::read(view::sessionFields(), request.form);
  const Session session = view::readSession(form, event, {});
  if (!form.ok()) return showForm(request, host, event, "events.session.new", form, 422);
  host.write(request, [&](WriteTx& tx) { return operations::addSession(tx, event.id, session); });
  return host.redirect(request, programmePath(event.id), "events.done.session_saved");
}

Response editSession(const Request& request, Host& host) {
  const auto [event, session] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    Session part = requireSession(tx, request, found);
    return std::pair{std::move(found), std::move(part)};
  });
  Form form(view::sessionFields());
  view::fillSession(form, session);
  return showForm(request, host, event, "events.session.edit", form);
}

Response saveSession(const Request& request, Host& host) {
  const auto [event, stored] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    Session part = requireSession(tx, request, found);
    return std::pair{std::move(found), std::move(part)};
  });
  Form form = Form::read(view::sessionFields(), request.form);
  const Session session = view::readSession(form, event, stored);
  if (!form.ok()) return showForm(request, host, event, "events.session.edit", form, 422);
  const auto problem = host.write(
      request, [&, id = event.id](WriteTx& tx) { return operations::saveSession(tx, id, session); });
  if (problem == PartProblem::gone) throw NotFound();
  if (problem) {
    form.error("capacity", "events.error.session_too_small");
    return showForm(request, host, event, "events.session.edit", form, 422);
  }
  return host.redirect(request, programmePath(event.id), "events.done.session_saved");
}

Response askRemoveSession(const Request& request, Host& host) {
  return showRemove(request, host, Form(reasonFields()));
}

Response removeSession(const Request& request, Host& host) {
  const Form form = Form::read(reasonFields(), request.form);
  if (!form.ok()) return showRemove(request, host, form, 422);
  const Event event = readEvent(request, host);
  const auto session = request.parameters.id<SessionId>("session");
  if (!session) throw NotFound();
  host.write(request, [&](WriteTx& tx) {
    return operations::removeSession(tx, event.id, *session, form.text("reason"));
  });
  return host.redirect(request, programmePath(event.id), "events.done.session_removed");
}

Response newQuota(const Request& request, Host& host) {
  return showForm(request, host, readEvent(request, host), "events.quota.new",
                  Form(view::quotaFields(true)));
}

Response addQuota(const Request& request, Host& host) {
  const Event event = readEvent(request, host);
  Form form = Form::read(view::quotaFields(true), request.form);
  if (form.ok() && form.texts("sectors").empty()) form.error("sectors", "form.error.choose");
  if (!form.ok()) return showForm(request, host, event, "events.quota.new", form, 422);
  const auto added = host.write(request, [&](WriteTx& tx) {
    return operations::addQuota(tx, event.id, view::readQuota(form, {}));
  });
  if (std::holds_alternative<PartProblem>(added)) {
    form.error("capacity", "events.error.session_too_small");
    return showForm(request, host, event, "events.quota.new", form, 422);
  }
  return host.redirect(request, programmePath(event.id), "events.done.quota_saved");
}

Response editQuota(const Request& request, Host& host) {
  const auto [event, quota] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    Quota part = requireQuota(tx, request, found);
    return std::pair{std::move(found), std::move(part)};
  });
  Form form(view::quotaFields(false));
  view::fillQuota(form, quota);
  return showForm(request, host, event, "events.quota.edit", form);
}

Response saveQuota(const Request& request, Host& host) {
  const auto [event, stored] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    Quota part = requireQuota(tx, request, found);
    return std::pair{std::move(found), std::move(part)};
  });
  Form form = Form::read(view::quotaFields(false), request.form);
  if (!form.ok()) return showForm(request, host, event, "events.quota.edit", form, 422);
  const Quota quota = view::readQuota(form, stored);
  const auto problem = host.write(
      request, [&, id = event.id](WriteTx& tx) { return operations::saveQuota(tx, id, quota); });
  if (problem == PartProblem::gone) throw NotFound();
  if (problem) {
    form.error("capacity", "events.error.session_too_small");
    return showForm(request, host, event, "events.quota.edit", form, 422);
  }
  return host.redirect(request, programmePath(event.id), "events.done.quota_saved");
}

Response removeQuota(const Request& request, Host& host) {
  const EventId event = readEvent(request, host).id;
  const auto quota = request.parameters.id<QuotaId>("quota");
  if (!quota) throw NotFound();
  host.write(request, [&](WriteTx& tx) { operations::removeQuota(tx, event, *quota); });
  return host.redirect(request, programmePath(event), "events.done.quota_removed");
}

}  // namespace toimela::events::handlers
