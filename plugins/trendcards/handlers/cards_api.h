// Cards of a draft, changed by programs.
#pragma once

#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response apiAddCard(const Request& request, Host& host);
Response apiSaveCard(const Request& request, Host& host);
Response apiRemoveCard(const Request& request, Host& host);
/// The body is the picture itself, `alternative` stands in the query.
Response apiSetPicture(const Request& request, Host& host);
Response apiRemovePicture(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
