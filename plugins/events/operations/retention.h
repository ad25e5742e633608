// What is about an event's people goes step by step. Each function is a whole change, with its entry in
// the log; each does nothing, and says so, when its time has not come.
#pragma once

#include <string>

#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// The letter to the organiser before anything goes.
inline constexpr std::string_view kRetention = "events.retention";

/// Does what is due: tells the organiser, puts aside, or erases. True when it did something.
bool advanceRetention(WriteTx& tx, EventId event);

/// Brings back what was put aside; it falls due again later. False when nothing is put aside.
bool takeBack(WriteTx& tx, EventId event, const std::string& reason);

}  // namespace toimela::events::operations
