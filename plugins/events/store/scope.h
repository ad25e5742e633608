// Where the event that a path names belongs.
#pragma once

#include "toimela/access.h"

namespace toimela::events::store {

/// For routes with {event}: its region and organiser; 404 when there is none.
ScopeResolver eventScope();
/// For routes with {registration}: where its event belongs; the person who registered owns it.
ScopeResolver registrationScope();

}  // namespace toimela::events::store
