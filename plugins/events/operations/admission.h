// Letting somebody in who comes without having registered.
#pragma once

#include <optional>

#include "operations/places.h"

namespace toimela::events::operations {

/// Registers one person and notes that they have come, if there is a place for them now. Nobody waits at
/// the door: without a place nothing is stored. `ago`: see checkIn().
std::optional<Refusal> admit(WriteTx& tx, EventId event, const Registration& registration,
                             std::chrono::seconds ago = std::chrono::seconds{0});

}  // namespace toimela::events::operations
