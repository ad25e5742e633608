// Inviting the members of a network to its event.
#pragma once

#include <cstdint>
#include <span>

#include "domain/event.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Writes to each of them once, however often it is called; how many are invited anew.
std::int64_t inviteMembers(WriteTx& tx, EventId event, std::span<const PersonId> members);

}  // namespace toimela::events::operations
