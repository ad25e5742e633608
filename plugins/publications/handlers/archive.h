// What readers of the archive see.
#pragma once

#include "operations/downloads.h"
#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

Response listPublications(const Request& request, Host& host);
Response listRegionPublications(const Request& request, Host& host);
Response showPublication(const Request& request, Host& host);
Response followShortAddress(const Request& request, Host& host);
Response citePublication(const Request& request, Host& host);
Response showThumbnail(const Request& request, Host& host);
Response download(const Request& request, Host& host, operations::Downloads& downloads);
bool fillNationTile(const Request& request, Host& host, View& view);
bool fillRegionTile(const Request& request, Host& host, View& view);

}  // namespace toimela::publications::handlers
