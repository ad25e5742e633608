// Taking back what was just done: the message of the next page offers it.
#pragma once

#include <string_view>

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela {

/// Like Host::redirect, with a button beside the message that takes the change back: a form sent by
/// POST to `path`. Only this reader gets it, and only on the page that the message stands on. `path`
/// has a route of its own, whose rule and whose handler decide whether there is still something to take
/// back; it may have a query of one field, "/things/7/step?step=restore", which is sent with the form.
TOIMELA_API Response redirectWithUndo(const Request& request, Host& host, std::string_view path,
                                      std::string_view flashKey, std::string_view undoPath);

/// Ends the request with 409 unless it came from such a button in this session: for taking back what only
/// the one who did it may take back. `field`: the one of the path's query, if it has one.
TOIMELA_API void requireUndo(const Request& request, Host& host, std::string_view field = {});
/// Likewise, when what was done is no longer as it was left.
[[noreturn]] TOIMELA_API void undoIsTooLate();

}  // namespace toimela
