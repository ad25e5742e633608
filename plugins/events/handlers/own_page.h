// What every page behind the private link of a registration begins with.
#pragma once

#include <string_view>

#include "toimela/host.h"
#include "view/own_registration.h"

namespace toimela::events::handlers {

/// What the private link opens, with everything that its page shows; throws NotFound when it is wrong.
view::OwnPage loadOwn(ReadTx& tx, const Request& request, Host& host);
view::OwnPage loadOwn(const Request& request, Host& host);
/// To the page itself.
Response back(const Request& request, Host& host, const view::OwnPage& page, std::string_view flash);

}  // namespace toimela::events::handlers
