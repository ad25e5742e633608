#include "handlers/lookup.h"

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

Registration requireRegistration(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<RegistrationId>("registration");
  auto registration = id ? store::findRegistration(tx, *id) : std::nullopt;
  if (!registration) throw NotFound();
  return std::move(*registration);
}

}  // namespace toimela::events::handlers
