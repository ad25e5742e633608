// Feeds of the archive.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

Response atomFeed(const Request& request, Host& host);
Response podcastFeed(const Request& request, Host& host);
/// The index of all sitemaps, and the {page} of it.
Response sitemaps(const Request& request, Host& host);
Response sitemap(const Request& request, Host& host);

}  // namespace toimela::publications::handlers
