// Pages about the service itself that everybody finds at the foot of each page.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::pages {

Response showShortcuts(const Request& request, Host& host);
/// The statement that the Act on the Provision of Digital Services (306/2019, section 9) asks for.
Response showAccessibility(const Request& request, Host& host);

}  // namespace toimela::pages
