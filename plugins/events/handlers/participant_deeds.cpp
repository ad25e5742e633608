// What organisers do about several participants at once.
#include "handlers/organised.h"
#include "handlers/participants.h"
#include "operations/messages.h"
#include "operations/places.h"
#include "store/events.h"
#include "store/registrations.h"
#include "view/managing.h"
#include "view/participant_forms.h"
#include "view/participants.h"

namespace toimela::events::handlers {

namespace {

using view::Deed;

struct Loaded {
  Event event;
  std::vector<Session> sessions;
  std::vector<store::ParticipantRow> everybody;
  std::vector<store::ScheduledMessage> scheduled;
};
Loaded load(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Event event = requireOrganised(tx, request);
    auto sessions = store::sessionsOf(tx, event.id);
    auto everybody = store::participantsOf(tx, event.id, std::nullopt, "", Table::kMostExported, 0);
    auto scheduled = store::scheduledOf(tx, event.id);
    return Loaded{std::move(event), std::move(sessions), std::move(everybody), std::move(scheduled)};
  });
}

std::string listPath(EventId event) { return view::pathOf(event) + "/participants"; }

std::vector<ParticipantId> tickedOf(const Fields& form) {
  std::vector<ParticipantId> ids;
  for (const std::string_view value : form.every("selected"))
    if (const auto id = parseId(value)) ids.push_back({*id});
  return ids;
}

/// Does it to each; how many it was possible for. Every one is a change of its own to the list, in
/// one transaction.
std::size_t perform(WriteTx& tx, EventId event, Deed deed, const std::vector<ParticipantId>& ticked,
                    const std::string& reason) {
  if (deed == Deed::cancel)
    return operations::cancel(tx, event, ticked, operations::By::organiser, reason);
  std::size_t done = 0;
  for (const ParticipantId id : ticked) {
    const auto problem = deed == Deed::approve ? operations::approve(tx, event, id)
                                               : operations::decline(tx, event, id, reason);
    if (!problem) ++done;
  }
  return done;
}

Response performed(const Request& request, Host& host, EventId event, std::size_t done, std::size_t asked) {
  return host.redirect(request, listPath(event),
                       done == asked ? "events.done.deed_done"
                       : done > 0    ? "events.done.deed_partly"
                                     : "events.done.deed_none");
}

Response askReason(const Request& request, Host& host, Deed deed, const std::vector<ParticipantId>& ticked,
                   const Form& form, int status = 200) {
  const view::Words words(request, host);
  const Loaded loaded = load(request, host);
  std::vector<View> people;
  for (const auto& row : view::recipients(loaded.everybody, "ticked", ticked)) {
    View person;
    person.set("name", view::nameOf(row.participant, words))
        .set("state", words.word("state", row.participant.state));
    people.push_back(std::move(person));
  }
  const std::string key = "events.deed." + std::string(code(deed));
  View view;
  view::showHead(view, loaded.event, "participants", words);
  view.set("question", words.count(key, static_cast<std::int64_t>(people.size())))
      .set("submit", words.text(key + "_submit"))
      .list("people", std::move(people))
      .group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "organise_deed", std::move(view), {.status = status});
}

Response showMessage(const Request& request, Host& host, const Loaded& loaded, const Form& form,
                     int status = 200) {
  const view::Words words(request, host);
  View view;
  view::showHead(view, loaded.event, "participants", words);
  view.group("form", form.view(words.texts(), words.locale()));
  setList(view, "scheduled", view::scheduledRows(loaded.scheduled, loaded.sessions, words));
  return host.page(request, "organise_message", std::move(view), {.status = status});
}

}  // namespace

Response chooseDeed(const Request& request, Host& host) {
  const EventId event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request).id; });
  const auto ticked = tickedOf(request.form);
  const auto deed = view::parseDeed(request.form.text("deed"));
  if (ticked.empty() || !deed) return host.redirect(request, listPath(event), "events.done.nobody");
  if (*deed == Deed::approve) {
    const auto done = host.write(
        request, [&](WriteTx& tx) { return perform(tx, event, *deed, ticked, {}); });
    return performed(request, host, event, done, ticked.size());
  }
  if (*deed == Deed::message) {
    const Loaded loaded = load(request, host);
    Form form(view::messageFields(loaded.sessions, true, view::Words(request, host)));
    form.fill("group", std::string("ticked")).fill("ticked", view::idText(ticked));
    return showMessage(request, host, loaded, form);
  }
  Form form(view::reasonFields(true));
  form.fill("ticked", view::idText(ticked)).fill("deed", std::string(code(*deed)));
  return askReason(request, host, *deed, ticked, form);
}

Response doDeed(const Request& request, Host& host) {
  const EventId event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request).id; });
  const Form form = Form::read(view::reasonFields(true), request.form);
  const auto ticked = view::parseIds(form.text("ticked"));
  const auto deed = view::parseDeed(form.text("deed"));
  if (ticked.empty() || !deed || *deed == Deed::message)
    return host.redirect(request, listPath(event), "events.done.nobody");
  if (!form.ok()) return askReason(request, host, *deed, ticked, form, 422);
  const auto done = host.write(
      request, [&](WriteTx& tx) { return perform(tx, event, *deed, ticked, form.text("reason")); });
  return performed(request, host, event, done, ticked.size());
}

Response newMessage(const Request& request, Host& host) {
  const Loaded loaded = load(request, host);
  Form form(view::messageFields(loaded.sessions, false, view::Words(request, host)));
  form.fill("group", std::string("confirmed"));
  return showMessage(request, host, loaded, form);
}

Response sendMessage(const Request& request, Host& host) {
  const Loaded loaded = load(request, host);
  const bool hasTicked = !request.form.text("ticked").empty();
  Form form = Form::read(view::messageFields(loaded.sessions, hasTicked, view::Words(request, host)), request.form);
  const auto people = view::recipients(loaded.everybody, form.text("group"), view::parseIds(form.text("ticked")));
  const auto later = form.moment("send_at");
  // Who is in a group when the time comes is not known now.
  if (form.ok() && !later && people.empty()) form.error("group", "events.message.nobody");
  if (later && *later <= now()) form.error("send_at", "events.message.in_the_past");
  if (!form.ok()) return showMessage(request, host, loaded, form, 422);
  if (later) {
    host.write(request, [&](WriteTx& tx) {
      operations::schedule(tx, loaded.event, view::readScheduled(form, loaded.event.id));
    });
    return host.redirect(request, view::pathOf(loaded.event.id) + "/message", "events.done.message_scheduled");
  }
  host.write(request, [&](WriteTx& tx) {
    return operations::sendMessage(tx, host, loaded.event, people, form.text("subject"), form.text("text"));
  });
  return host.redirect(request, listPath(loaded.event.id), "events.done.message_sent");
}

}  // namespace toimela::events::handlers
