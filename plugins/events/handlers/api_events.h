// Making and changing events, their programme and their people's places by programs: the same forms,
// rules and operations as those of the pages.
#pragma once

#include "toimela/route.h"

namespace toimela::events::handlers {

/// With the header Idempotency-Key a repetition answers 200 with what was made.
Response apiAddEvent(const Request& request, Host& host);
Response apiSaveEvent(const Request& request, Host& host);
Response apiPublishEvent(const Request& request, Host& host);
Response apiCancelEvent(const Request& request, Host& host);

Response apiSession(const Request& request, Host& host);
Response apiAddSession(const Request& request, Host& host);
Response apiSaveSession(const Request& request, Host& host);
Response apiRemoveSession(const Request& request, Host& host);

Response apiAddMaterial(const Request& request, Host& host);
Response apiRemoveMaterial(const Request& request, Host& host);
Response apiSetCoOrganisers(const Request& request, Host& host);

Response apiApprove(const Request& request, Host& host);
Response apiDecline(const Request& request, Host& host);
Response apiCancelParticipant(const Request& request, Host& host);

Response apiFeedback(const Request& request, Host& host);

}  // namespace toimela::events::handlers
