// A person's own profile in the directory.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::contacts::handlers {

Response showProfile(const Request& request, Host& host);
Response saveProfile(const Request& request, Host& host);
/// Suggestions for a field of expertise: ?q=… as a JSON list of texts.
Response suggestExpertise(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
