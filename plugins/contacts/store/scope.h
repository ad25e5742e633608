// Where the network that a path names belongs.
#pragma once

#include "toimela/access.h"

namespace toimela::contacts::store {

/// For routes with {network}: its region, owned by its coordinator; 404 when there is none.
ScopeResolver networkScope();

}  // namespace toimela::contacts::store
