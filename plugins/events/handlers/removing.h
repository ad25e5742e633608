// What every removal of a part of an event ends with, and taking it back.
#pragma once

#include <string>
#include <string_view>

#include "operations/removing.h"
#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::events::handlers {

/// To the page where it stood, with a button that takes the removal back where that can be.
Response afterRemoval(const Request& request, Host& host, EventId event, const std::string& path,
                      std::string_view flashKey, const operations::Removal& removal);
/// Takes a removal back, for the one who made it.
Response restorePart(const Request& request, Host& host);

/// Removes for good what was put aside an hour ago.
ScheduledJob forgettingRemoved();

}  // namespace toimela::events::handlers
