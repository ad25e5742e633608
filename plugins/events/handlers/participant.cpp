// One participant: what is known, other workshops, another place in the list; and entering a new one.
#include <algorithm>
#include <tuple>

#include "handlers/answer_files.h"
#include "handlers/organised.h"
#include "handlers/participants.h"
#include "operations/followup.h"
#include "operations/naming.h"
#include "operations/places.h"
#include "store/attendance.h"
#include "store/events.h"
#include "store/questions.h"
#include "store/registrations.h"
#include "toimela/directory.h"
#include "toimela/secrets.h"
#include "view/managing.h"
#include "view/participant_forms.h"
#include "view/participants.h"

namespace toimela::events::handlers {

namespace {

struct Loaded {
  Event event;
  std::vector<Session> sessions;
  Participant participant;
  Registration registration;
  std::string organisation;
  std::vector<store::ParticipantRow> waiting;
  std::vector<Question> questions;
  std::vector<store::AnswerFile> files;
  std::vector<SessionId> attended;
};
Loaded load(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Loaded loaded{requireOrganised(tx, request), {}, {}, {}, {}, {}, {}, {}, {}};
    loaded.sessions = store::sessionsOf(tx, loaded.event.id);
    loaded.participant = requireParticipant(tx, request, loaded.event);
    auto registration = store::findRegistration(tx, loaded.participant.registration);
    if (!registration) throw NotFound();
    loaded.registration = std::move(*registration);
    loaded.questions = store::questionsOf(tx, loaded.event.id);
    loaded.attended = store::sessionsAttended(tx, loaded.participant.id);
    loaded.files = store::answerFilesOf(tx, loaded.registration.id);
    loaded.organisation = loaded.registration.organisationName;
    if (loaded.registration.organisation)
      if (const auto organisation = directory::findOrganisation(tx, *loaded.registration.organisation))
        loaded.organisation = organisation->name.pick(request.locale).text;
    if (loaded.participant.state == PlaceState::waiting)
      loaded.waiting = store::participantsOf(tx, loaded.event.id, PlaceState::waiting, "",
                                             Table::kMostExported, 0);
    return loaded;
  });
}

Form sessionForm(const Loaded& loaded, const view::Words& words) {
  Form form(view::sessionChoiceFields(loaded.sessions, words));
  std::vector<std::string> chosen;
  for (const SessionId id : loaded.participant.sessions) chosen.push_back(id.text());
  form.fill("sessions", chosen);
  return form;
}

std::string pathOf(const Loaded& loaded) {
  return view::pathOf(loaded.event.id) + "/participants/" + loaded.participant.id.text();
}

Form linkForm(const Loaded& loaded) {
  Form form(view::linkFields());
  form.fill("organisation", loaded.registration.organisation ? std::string() : loaded.registration.organisationName);
  return form;
}

Response show(const Request& request, Host& host, const Loaded& loaded, const Form& sessions,
              const Form& order, const Form& link, int status = 200) {
  const view::Words words(request, host);
  const Participant& p = loaded.participant;
  const Registration& r = loaded.registration;
  std::int64_t place = 0;
  for (const auto& row : loaded.waiting) {
    ++place;
    if (row.participant.id == p.id) break;
  }
  View view;
  view::showHead(view, loaded.event, "participants", words);
  view.set("participant_id", p.id.value)
      .set("name", view::nameOf(p, words))
      .set("state", words.word("state", p.state))
      .set("state_tag", std::string(view::tagOf(p.state)))
      .set("place_in_line", p.state == PlaceState::waiting ? words.count("events.participant.nth", place) : "")
      .set("email", p.email ? p.email->text() : std::string())
      .set("registrant", r.name)
      .set("registrant_email", r.email.text())
      .set("phone", r.phone)
      .set("organisation", loaded.organisation)
      .set("workshops", view::joinedNames(p.sessions, loaded.sessions, words))
      .set("mode", r.participants.size() > 1 ? words.word("mode", r.mode) : std::string())
      .set("attended", p.attendedAt ? showInstant(*p.attendedAt, words.locale()) : std::string())
      .flag("is_pending", p.state == PlaceState::pending)
      .flag("is_live", isLive(p.state))
      .flag("is_waiting", p.state == PlaceState::waiting)
      .flag("has_workshops", isLive(p.state) && std::ranges::any_of(loaded.sessions, &Session::isChosen))
      .flag("is_typed", !r.organisation && !loaded.organisation.empty())
      .flag("may_link", isLive(p.state) && !r.organisation)
      .set("attended_sessions", view::joinedNames(loaded.attended, loaded.sessions, words))
      .set("followup", p.followUpAt ? showInstant(*p.followUpAt, words.locale()) : std::string())
      .flag("owes_followup", operations::owesFollowUp(p) &&
                                 std::ranges::any_of(loaded.questions, &Question::isFollowUp))
      .group("link", link.view(words.texts(), words.locale()))
      .group("sessions", sessions.view(words.texts(), words.locale()))
      .group("order", order.view(words.texts(), words.locale()));
  setList(view, "answers", view::answersToOrganiser(loaded.event, p, r, loaded.questions, loaded.files, words));
  return host.page(request, "organise_participant", std::move(view),
                   {.status = status, .title = view::nameOf(p, words)});
}

Response show(const Request& request, Host& host, const Loaded& loaded) {
  const view::Words words(request, host);
  return show(request, host, loaded, sessionForm(loaded, words),
              Form(view::orderFields(loaded.waiting, loaded.registration.id, words)), linkForm(loaded));
}

Response showEntry(const Request& request, Host& host, const Event& event, const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  view::showHead(view, event, "participants", words);
  view.group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "organise_entry", std::move(view), {.status = status});
}

}  // namespace

Response showParticipant(const Request& request, Host& host) {
  return show(request, host, load(request, host));
}

Response moveToSessions(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Loaded loaded = load(request, host);
  Form form = Form::read(view::sessionChoiceFields(loaded.sessions, words), request.form);
  const auto chosen = view::readSessions(form);
  if (const auto problem = problemWithChoice(loaded.sessions, chosen))
    form.error("sessions", *problem == ChoiceProblem::overlapping ? "events.error.workshops_overlap"
                                                                  : "events.error.workshop_gone");
  if (form.ok()) {
    const auto problem = host.write(request, [&](WriteTx& tx) {
      return operations::moveTo(tx, loaded.event.id, loaded.participant.id, chosen,
                                operations::By::organiser, form.text("reason"));
    });
    if (!problem) return host.redirect(request, pathOf(loaded), "events.done.moved");
    form.error("sessions", *problem == operations::PlaceProblem::full ? "events.error.workshop_full"
                                                                      : "events.error.not_there");
  }
  return show(request, host, loaded, form,
              Form(view::orderFields(loaded.waiting, loaded.registration.id, words)), linkForm(loaded), 422);
}

Response moveInList(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Loaded loaded = load(request, host);
  Form form = Form::read(view::orderFields(loaded.waiting, loaded.registration.id, words), request.form);
  if (form.ok()) {
    const auto before = parseId(form.text("before"));
    const auto problem = host.write(request, [&](WriteTx& tx) {
      return operations::moveInList(
          tx, loaded.event.id, loaded.registration.id,
          before ? std::optional(RegistrationId{*before}) : std::nullopt, form.text("reason"));
    });
    if (!problem) return host.redirect(request, pathOf(loaded), "events.done.list_moved");
    form.error("before", "events.error.not_there");
  }
  return show(request, host, loaded, sessionForm(loaded, words), form, linkForm(loaded), 422);
}

Response linkParticipant(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Loaded loaded = load(request, host);
  Form form = Form::read(view::linkFields(), request.form);
  const auto organisation = host.read(
      [&](ReadTx& tx) { return operations::organisationNamed(tx, form.text("organisation")); });
  if (form.ok() && !organisation) form.error("organisation", "events.link.unknown");
  if (form.ok()) {
    const auto refusal = host.write(request, [&](WriteTx& tx) {
      return operations::linkOrganisation(tx, loaded.event.id, loaded.registration.id, *organisation,
                                          form.text("reason"));
    });
    if (!refusal) return host.redirect(request, pathOf(loaded), "events.flash.linked");
    form.error("organisation", "events.visit.ceiling", {{"left", std::to_string(refusal->left)}});
  }
  return show(request, host, loaded, sessionForm(loaded, words),
              Form(view::orderFields(loaded.waiting, loaded.registration.id, words)), form, 422);
}

Response showParticipantFile(const Request& request, Host& host) {
  const Loaded loaded = load(request, host);
  return serveAnswer(request, host, loaded.registration, loaded.participant.id);
}

Response newEntry(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto [event, sessions] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    auto parts = store::sessionsOf(tx, found.id);
    return std::pair{std::move(found), std::move(parts)};
  });
  Form form(view::entryFields(sessions, true, words));
  form.fill("form_key", secrets::random());
  return showEntry(request, host, event, form);
}

Response addEntry(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto [event, sessions, contact] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    auto parts = store::sessionsOf(tx, found.id);
    return std::tuple{std::move(found), std::move(parts),
                      directory::findPerson(tx, *request.actor.person).value()};
  });
  const FormSpec fields = view::entryFields(sessions, true, words);
  Form form = Form::read(fields, request.form);
  if (!form.ok()) return showEntry(request, host, event, form, 422);
  operations::Wish wish{view::readEntry(form, contact, request.locale, sessions), request.actor.person};
  host.read([&](ReadTx& tx) { return operations::recogniseOrganisation(tx, wish.registration); });
  wish.byOrganiser = true;
  wish.reason = form.text("reason");
  const auto outcome = host.write(request, [&, id = event.id](WriteTx& tx) {
    return operations::registerAll(tx, id, std::span(&wish, 1)).front();
  });
  if (const auto* refusal = std::get_if<operations::Refusal>(&outcome)) {
    view::explain(form, *refusal);
    return showEntry(request, host, event, form, 422);
  }
  return host.redirect(request, view::pathOf(event.id) + "/participants", "events.done.entered");
}

}  // namespace toimela::events::handlers
