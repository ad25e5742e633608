#include "handlers/checkin.h"

#include <algorithm>
#include <tuple>

#include "handlers/organised.h"
#include "operations/admission.h"
#include "operations/attendance.h"
#include "operations/naming.h"
#include "operations/places.h"
#include "store/attendance.h"
#include "store/events.h"
#include "store/registrations.h"
#include "toimela/directory.h"
#include "toimela/secrets.h"
#include "view/checkin.h"
#include "view/managing.h"
#include "view/participant_forms.h"

namespace toimela::events::handlers {

namespace {

std::string checkinPath(EventId event) { return view::pathOf(event) + "/checkin"; }

/// The workshop at whose door one stands, if it is one of the event.
std::optional<SessionId> sessionIn(const Fields& sent, const std::vector<Session>& sessions) {
  const auto id = parseId(sent.text("session"));
  const auto found = std::ranges::find_if(
      sessions, [&](const Session& session) { return session.isChosen && id && session.id.value == *id; });
  return found == sessions.end() ? std::nullopt : std::optional(found->id);
}

std::string atDoor(std::optional<SessionId> session) {
  return session ? "?session=" + session->text() : std::string();
}

/// How long a note has waited at the door for the network: of a device that was not looked at for days,
/// no more is believed than a day.
std::chrono::seconds waitedAtDoor(const Fields& sent) {
  constexpr std::chrono::seconds kMost = std::chrono::hours(24);
  return std::min(kMost, std::chrono::seconds(parseId(sent.text("waited")).value_or(0)));
}

/// A page whose script reads QR codes with the camera.
Response withCamera(Response response) {
  response.headers.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=(), interest-cohort=()");
  return response;
}

Response show(const Request& request, Host& host, std::string_view problemKey, int status) {
  const view::Words words(request, host);
  View view;
  view::Door door;
  host.read([&](ReadTx& tx) {
    door.event = requireOrganised(tx, request);
    door.sessions = store::sessionsOf(tx, door.event.id);
    door.session = sessionIn(request.query, door.sessions);
    door.attended = store::sessionsAttended(tx, door.event.id);
    door.people = store::participantsOf(tx, door.event.id, PlaceState::confirmed, "", Table::kMostExported, 0);
    return true;
  });
  view::showHead(view, door.event, "checkin", words);
  view::showDoor(view, door, std::string(request.query.text("q")), words);
  view.set("problem", problemKey.empty() ? std::string() : words.text(problemKey));
  return withCamera(host.page(request, "organise_checkin", std::move(view), {.status = status}));
}

Response showEntry(const Request& request, Host& host, const Event& event, const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  view::showHead(view, event, "checkin", words);
  view.group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "organise_walk_in", std::move(view), {.status = status});
}

}  // namespace

Response showCheckin(const Request& request, Host& host) {
  const std::string code = view::codeIn(request.query.text("code"));
  if (code.empty()) return show(request, host, "", 200);
  const auto [event, session] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    const auto chosen = sessionIn(request.query, store::sessionsOf(tx, found.id));
    return std::pair{std::move(found), chosen};
  });
  return host.redirect(request, checkinPath(event.id) + "/" + code + atDoor(session));
}

Response showCode(const Request& request, Host& host) {
  const view::Words words(request, host);
  View view;
  const bool isThere = host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    const auto participant = store::findByCode(tx, event.id, request.parameters.text("code"));
    if (!participant) return false;
    const auto registration = store::findRegistration(tx, participant->registration);
    view::showHead(view, event, "checkin", words);
    view::Arrival arrival{*participant, registration ? registration->organisationName : std::string(),
                          store::sessionsOf(tx, event.id)};
    arrival.session = sessionIn(request.query, arrival.sessions);
    const auto attended = store::sessionsAttended(tx, participant->id);
    arrival.isInside = arrival.session && std::ranges::find(attended, *arrival.session) != attended.end();
    view::showArrival(view, arrival, words);
    return true;
  });
  if (!isThere) return show(request, host, "events.checkin.unknown", 404);
  return withCamera(host.page(request, "organise_arrival", std::move(view)));
}

Response noteAttendance(const Request& request, Host& host) {
  const auto [event, session] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    const auto chosen = sessionIn(request.form, store::sessionsOf(tx, found.id));
    return std::pair{std::move(found), chosen};
  });
  const std::string code(request.form.text("code"));
  const bool hasCome = request.form.text("here") == "1";
  const auto ago = waitedAtDoor(request.form);
  const auto noted = host.write(request, [&, id = event.id, at = session](WriteTx& tx) {
    if (!at) return hasCome ? operations::checkIn(tx, id, code, ago) : operations::undoCheckIn(tx, id, code);
    return hasCome ? operations::checkInto(tx, id, *at, code, ago) : operations::undoCheckInto(tx, id, *at, code);
  });
  return host.redirect(request, checkinPath(event.id) + atDoor(session),
                       !noted    ? "events.done.not_checked_in"
                       : hasCome ? "events.done.checked_in"
                                 : "events.done.check_in_undone");
}

Response newWalkIn(const Request& request, Host& host) {
  const auto [event, sessions] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    auto parts = store::sessionsOf(tx, found.id);
    return std::pair{std::move(found), std::move(parts)};
  });
  Form form(view::entryFields(sessions, false, view::Words(request, host)));
  form.fill("form_key", secrets::random());
  return showEntry(request, host, event, form);
}

Response addWalkIn(const Request& request, Host& host) {
  const auto [event, sessions, contact] = host.read([&](ReadTx& tx) {
    Event found = requireOrganised(tx, request);
    auto parts = store::sessionsOf(tx, found.id);
    return std::tuple{std::move(found), std::move(parts),
                      directory::findPerson(tx, *request.actor.person).value()};
  });
  Form form = Form::read(view::entryFields(sessions, false, view::Words(request, host)), request.form);
  if (!form.ok()) return showEntry(request, host, event, form, 422);
  Registration registration = view::readEntry(form, contact, request.locale, sessions);
  host.read([&](ReadTx& tx) { return operations::recogniseOrganisation(tx, registration); });
  const auto refusal = host.write(request, [&, id = event.id](WriteTx& tx) {
    return operations::admit(tx, id, registration, waitedAtDoor(request.form));
  });
  if (refusal) {
    view::explain(form, *refusal);
    return showEntry(request, host, event, form, 422);
  }
  return host.redirect(request, checkinPath(event.id), "events.done.checked_in");
}

}  // namespace toimela::events::handlers
