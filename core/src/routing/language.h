// The language of an answer, where the address does not say it.
#pragma once

#include <optional>
#include <string_view>

#include "toimela/types.h"

namespace toimela::routing {

/// Of the Accept-Language field: the first of our languages that stands in it; Finnish without any.
Locale negotiated(std::optional<std::string_view> accepted);

}  // namespace toimela::routing
