// From what a participant chose to the places they want.
#pragma once

#include <optional>
#include <vector>

#include "domain/places.h"
#include "domain/registration.h"

namespace toimela::events {

std::vector<PoolKey> wantedBy(const Participant& participant, std::optional<OrganisationId> organisation);

}  // namespace toimela::events
