// The thing that a path names, or 404.
#pragma once

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/host.h"

namespace toimela::events::handlers {

EventId eventIdOf(const Request& request);
/// Any event, for those whom the route's rule has let in.
Event requireEvent(ReadTx& tx, const Request& request);
/// The registration that the path names.
Registration requireRegistration(ReadTx& tx, const Request& request);

}  // namespace toimela::events::handlers
