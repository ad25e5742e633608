// The board of a network: reading it, following it, and the box of news.
#pragma once

#include "toimela/form.h"
#include "toimela/host.h"

namespace toimela::contacts::handlers {

Response showBoard(const Request& request, Host& host);
Response showPost(const Request& request, Host& host);
/// The page of a post with a comment that was not taken.
Response showPostWith(const Request& request, Host& host, const Form& comment, int status);
Response sendAttachment(const Request& request, Host& host);
Response followBoard(const Request& request, Host& host);

bool fillNewsTile(const Request& request, Host& host, View& view);

}  // namespace toimela::contacts::handlers
