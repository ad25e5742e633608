// Whom the one who asks may act for.
#pragma once

#include <vector>

#include "toimela/directory.h"

namespace toimela::events::handlers {

/// Organisations that a signed-in person belongs to or represents, each once.
std::vector<Organisation> ownOrganisations(ReadTx& tx, const Actor& actor);
/// Those that they represent: whose registrations they may see and change.
std::vector<Organisation> representedOrganisations(ReadTx& tx, const Actor& actor);

}  // namespace toimela::events::handlers
