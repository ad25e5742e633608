// Where the thing named in an address belongs.
#pragma once

#include "toimela/access.h"

namespace toimela::trendcards::store {

ScopeResolver deckScope();        ///< {deck}
ScopeResolver editionScope();     ///< {edition}
ScopeResolver cardScope();        ///< {card}

}  // namespace toimela::trendcards::store
