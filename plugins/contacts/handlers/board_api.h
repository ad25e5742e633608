// The boards as JSON, with the same rules of who may do what as the pages.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response apiPosts(const Request& request, Host& host);
Response apiPost(const Request& request, Host& host);
Response apiAddPost(const Request& request, Host& host);
Response apiComments(const Request& request, Host& host);
Response apiAddComment(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
