// Who organises an event together.
#pragma once

#include <vector>

#include "domain/event.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::events::handlers {

Response editCoOrganisers(const Request& request, Host& host);
Response saveCoOrganisers(const Request& request, Host& host);

/// The organisations among them that are still in the directory.
std::vector<Organisation> organisationsOf(ReadTx& tx, const CoOrganisers& others);

}  // namespace toimela::events::handlers
