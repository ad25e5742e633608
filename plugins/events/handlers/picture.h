// The picture of an event.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

/// To whoever may see the event.
Response showPicture(const Request& request, Host& host);

Response editPicture(const Request& request, Host& host);
Response savePicture(const Request& request, Host& host);
Response removePicture(const Request& request, Host& host);

}  // namespace toimela::events::handlers
