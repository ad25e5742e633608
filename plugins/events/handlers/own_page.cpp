#include "handlers/own_page.h"

#include <algorithm>

#include "handlers/own_organisations.h"
#include "handlers/visible.h"
#include "operations/followup.h"
#include "operations/own.h"
#include "store/events.h"
#include "store/materials.h"
#include "store/questions.h"
#include "store/registrations.h"
#include "view/checkin.h"
#include "view/links.h"

namespace toimela::events::handlers {

view::OwnPage loadOwn(ReadTx& tx, const Request& request, Host& host) {
  auto [event, registration] = openRegistration(tx, request, host);
  view::OwnPage page{.event = std::move(event), .registration = std::move(registration)};
  page.sessions = store::sessionsOf(tx, page.event.id);
  page.questions = store::questionsOf(tx, page.event.id);
  page.files = store::answerFilesOf(tx, page.registration.id);
  for (const Participant& each : page.registration.participants)
    if (each.state == PlaceState::waiting)
      page.positions[each.id] = store::waitingBefore(tx, page.event.id, each.position) + 1;
  page.path = view::registrationPath(host, page.registration);
  page.now = now();
  if (page.event.attendance != Attendance::online && page.now < page.event.endsAt)
    for (const Participant& each : page.registration.participants)
      if (each.state == PlaceState::confirmed)
        page.codes[each.id] = host.absolute(page.registration.locale, view::codePath(page.event.id, each));
  const auto taking = std::ranges::find(page.registration.participants, PlaceState::confirmed, &Participant::state);
  if (taking != page.registration.participants.end() && !page.registration.confirmBy &&
      !store::materialsOf(tx, page.event.id).empty())
    page.materialsPath = view::materialsPath(host, *taking);
  page.takesChanges = operations::takesChanges(page.event, page.now);
  page.takesFollowUp = operations::takesFollowUp(page.event, page.now);
  if (!page.registration.organisation && !page.registration.confirmBy)
    page.linkable = ownOrganisations(tx, request.actor);
  return page;
}

view::OwnPage loadOwn(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return loadOwn(tx, request, host); });
}

Response back(const Request& request, Host& host, const view::OwnPage& page, std::string_view flash) {
  return host.redirect(request, page.path, flash);
}

}  // namespace toimela::events::handlers
