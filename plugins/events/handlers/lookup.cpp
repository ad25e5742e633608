#include "handlers/lookup.h"

#include "events.h"
#include "store/events.h"
#include "store/registrations.h"

namespace toimela::events::handlers {

EventId eventIdOf(const Request& request) {
  const auto id = request.parameters.id<EventId>("event");
  if (!id) throw NotFound();
  return *id;
}

Event requireEvent(ReadTx& tx, const Request& request) {
  auto event = store::findEvent(tx, eventIdOf(request));
  if (!event) throw NotFound();
  return std::move(*event);
}

Event requireVisibleEvent(ReadTx& tx, const Request& request, Host& host) {
  Event event = requireEvent(tx, request);
  const bool isOpen = event.status != EventStatus::draft && event.visibility != Visibility::network;
  if (!isOpen && !host.allowed(request.actor, kOrganise, request.scope)) throw NotFound();
  return event;
}

Registration requireRegistration(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<RegistrationId>("registration");
  auto registration = id ? store::findRegistration(tx, *id) : std::nullopt;
  if (!registration) throw NotFound();
  return std::move(*registration);
}

}  // namespace toimela::events::handlers
