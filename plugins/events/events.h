// The names that the rooms of this plugin share.
#pragma once

#include <string_view>

#include "toimela/access.h"

namespace toimela::events {

inline constexpr std::string_view kPlugin = "events";

/// Makes and changes events, and everything about their registrations.
inline constexpr Permission kOrganise{"events.event.organise"};

}  // namespace toimela::events
