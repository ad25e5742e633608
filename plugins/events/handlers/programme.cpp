#include "handlers/programme.h"

#include "handlers/organised.h"
#include "handlers/part_form.h"
#include "handlers/removing.h"
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

Event readEvent(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
}

std::optional<PartProblem> keepNew(WriteTx& tx, EventId event, const Session& session) {
  operations::addSession(tx, event, session);
  return std::nullopt;
}
std::optional<PartProblem> keepNew(WriteTx& tx, EventId event, const Quota& quota) {
  const auto added = operations::addQuota(tx, event, quota);
  const auto* problem = std::get_if<PartProblem>(&added);
  return problem ? std::optional(*problem) : std::nullopt;
}

constexpr Editing<Session> kSessions{.newKey = "events.session.new",
                                     .editKey = "events.session.edit",
                                     .doneKey = "events.done.session_saved",
                                     .fields = [](bool) { return view::sessionFields(); },
                                     .fresh = &view::newSession,
                                     .fill = &view::fillSession,
                                     .read = &view::readSession,
                                     .require = &requireSession,
                                     .add = &keepNew,
                                     .save = &operations::saveSession};
constexpr Editing<Quota> kQuotas{.newKey = "events.quota.new",
                                 .editKey = "events.quota.edit",
                                 .doneKey = "events.done.quota_saved",
                                 .fields = &view::quotaFields,
                                 .fresh = [](const Event&) { return Quota{}; },
                                 .fill = &view::fillQuota,
                                 .read = &view::readQuota,
                                 .require = &requireQuota,
                                 .add = &keepNew,
                                 .save = &operations::saveQuota};

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
  return PartEditor(kSessions, request, host).showNew();
}
Response addSession(const Request& request, Host& host) { return PartEditor(kSessions, request, host).add(); }
Response editSession(const Request& request, Host& host) {
  return PartEditor(kSessions, request, host).showStored();
}
Response saveSession(const Request& request, Host& host) { return PartEditor(kSessions, request, host).save(); }

Response askRemoveSession(const Request& request, Host& host) {
  return showRemove(request, host, Form(reasonFields()));
}

Response removeSession(const Request& request, Host& host) {
  const Form form = Form::read(reasonFields(), request.form);
  if (!form.ok()) return showRemove(request, host, form, 422);
  const Event event = readEvent(request, host);
  const auto session = request.parameters.id<SessionId>("session");
  if (!session) throw NotFound();
  const auto removal = host.write(request, [&](WriteTx& tx) {
    return operations::removeSession(tx, event.id, *session, form.text("reason"));
  });
  return afterRemoval(request, host, event.id, programmePath(event.id), "events.done.session_removed", removal);
}

Response newQuota(const Request& request, Host& host) { return PartEditor(kQuotas, request, host).showNew(); }
Response addQuota(const Request& request, Host& host) { return PartEditor(kQuotas, request, host).add(); }
Response editQuota(const Request& request, Host& host) {
  return PartEditor(kQuotas, request, host).showStored();
}
Response saveQuota(const Request& request, Host& host) { return PartEditor(kQuotas, request, host).save(); }

Response removeQuota(const Request& request, Host& host) {
  const EventId event = readEvent(request, host).id;
  const auto quota = request.parameters.id<QuotaId>("quota");
  if (!quota) throw NotFound();
  const auto removal = host.write(request, [&](WriteTx& tx) { return operations::removeQuota(tx, event, *quota); });
  return afterRemoval(request, host, event, programmePath(event), "events.done.quota_removed", removal);
}

}  // namespace toimela::events::handlers
