#include "handlers/visible.h"

#include <algorithm>

#include "events.h"
#include "store/events.h"
#include "store/materials.h"
#include "store/registrations.h"
#include "store/scope.h"
#include "store/visiting.h"
#include "toimela/directory.h"
#include "toimela/groups.h"
#include "view/links.h"

namespace toimela::events::handlers {

namespace {

bool isRegistered(ReadTx& tx, const Request& request, EventId event) {
  if (!request.actor.person) return false;
  const auto person = directory::findPerson(tx, *request.actor.person);
  return person && store::isRegistered(tx, event, person->id, person->email.key());
}

bool isMember(ReadTx& tx, const Request& request, Host& host, const Event& event) {
  auto* groups = host.service<Groups>();
  return groups && request.actor.person && groups->isMember(tx, event.audience, *request.actor.person);
}

}  // namespace

bool organises(ReadTx& tx, const Request& request, Host& host, const Event& event) {
  return request.actor.signedIn() &&
         host.allowed(request.actor, kOrganise, store::scopeOf(tx, event));
}

bool owns(const Request& request, Host& host, const Event& event) {
  return host.allowed(request.actor, kOrganise, {.region = event.region, .organisation = event.organiser});
}

bool maySee(ReadTx& tx, const Request& request, Host& host, const Event& event) {
  if (organises(tx, request, host, event)) return true;
  if (event.status == EventStatus::draft) return false;
  return event.visibility != Visibility::network || isMember(tx, request, host, event) ||
         isRegistered(tx, request, event.id);
}

bool isListed(ReadTx& tx, const Request& request, Host& host, const Event& event) {
  if (event.visibility == Visibility::invited) return organises(tx, request, host, event);
  return maySee(tx, request, host, event);
}

bool takesPart(ReadTx& tx, const Request& request, EventId event) {
  if (!request.actor.person) return false;
  const auto person = directory::findPerson(tx, *request.actor.person);
  return person && store::hasPlace(tx, event, person->id, person->email.key());
}

Event requireVisibleEvent(ReadTx& tx, const Request& request, Host& host) {
  const auto id = request.parameters.id<EventId>("event");
  auto event = id ? store::findEvent(tx, *id) : std::nullopt;
  if (!event || !maySee(tx, request, host, *event)) throw NotFound();
  return std::move(*event);
}

OpenRegistration openRegistration(ReadTx& tx, const Request& request, Host& host) {
  const auto id = request.parameters.id<RegistrationId>("registration");
  auto registration = id ? store::findRegistration(tx, *id) : std::nullopt;
  if (!registration || !view::opens(host, *registration, request.parameters.text("token")))
    throw NotFound();
  auto event = store::findEvent(tx, registration->event);
  if (!event) throw NotFound();
  return {std::move(*event), std::move(*registration)};
}

const Participant& requireParticipant(const Request& request, const Registration& registration) {
  const auto id = request.parameters.id<ParticipantId>("participant");
  const auto found = std::ranges::find_if(
      registration.participants, [&](const Participant& each) { return id && each.id == *id; });
  if (found == registration.participants.end()) throw NotFound();
  return *found;
}

}  // namespace toimela::events::handlers
