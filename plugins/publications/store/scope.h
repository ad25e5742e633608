// Where the thing that a path names belongs.
#pragma once

#include "toimela/access.h"

namespace toimela::publications::store {

/// For routes with {publication}, {series} and {article}: the region; 404 when there is none.
ScopeResolver publicationScope();
ScopeResolver seriesScope();
ScopeResolver articleScope();

}  // namespace toimela::publications::store
