// What stands in the cookie of a message: the message's key, and perhaps how to take the change back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/core_host.h"
#include "toimela/request.h"

namespace toimela::pages {

/// The key of the message in the cookie's value.
std::string_view flashKey(std::string_view cookie);

/// Where a form leads that takes the change back, in the reader's language, and its one field.
struct Undo {
  std::string action;
  std::string field, value;  ///< empty where the path says it all
  std::string mark;
};
/// Nothing where none is offered, or to somebody else than the one who made the change.
std::optional<Undo> undoOf(const Request& request, CoreHost& host);

}  // namespace toimela::pages
