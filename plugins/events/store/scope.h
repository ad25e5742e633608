// Where the event that a path names belongs.
#pragma once

#include "domain/event.h"
#include "toimela/access.h"

namespace toimela::events::store {

/// For routes with {event}: its region and organiser, and those who organise it with them; 404 when
/// there is none.
ScopeResolver eventScope();
/// Likewise without those: for what only the one who the event belongs to decides.
ScopeResolver ownEventScope();
/// Where an event that was read belongs, as eventScope() says it.
Scope scopeOf(ReadTx& tx, const Event& event);
/// For routes with {registration}: where its event belongs; the person who registered owns it.
ScopeResolver registrationScope();

}  // namespace toimela::events::store
