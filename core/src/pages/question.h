// A question before what can not be taken back, for browsers whose script did not put it.
#pragma once

#include <optional>

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::pages {

/// A form that has the field "ask_first" is not carried out: its text is put as a question on a page of its own,
/// from where the same form comes again without it. web/assets/app.js asks in place and leaves the field out.
/// Nothing where there is nothing to ask.
std::optional<Response> askFirst(const Request& request, Host& host);

}  // namespace toimela::pages
