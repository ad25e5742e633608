// What is printed for an event, as PDF.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response printSheet(const Request& request, Host& host);
Response printBadges(const Request& request, Host& host);
/// Of those who have come.
Response printCertificates(const Request& request, Host& host);

}  // namespace toimela::events::handlers
