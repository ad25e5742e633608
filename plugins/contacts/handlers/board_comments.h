// Writing, changing and removing comments.
#pragma once

#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response addComment(const Request& request, Host& host);
Response editComment(const Request& request, Host& host);
Response saveComment(const Request& request, Host& host);
Response confirmRemoveComment(const Request& request, Host& host);
Response removeComment(const Request& request, Host& host);
/// Undoes it, for the one who did it.
Response restoreComment(const Request& request, Host& host);

}  // namespace toimela::contacts::handlers
