// What search engines ask for.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::pages {

/// The Robots Exclusion Protocol (RFC 9309), with the addresses of all sitemaps: naming them here is
/// what lets a sitemap list pages outside its own folder (sitemaps.org, "Sitemaps & Cross Submits").
Response robots(const Request& request, Host& host);
/// The sitemap index (sitemaps.org, protocol 0.9): core's own and that of every plugin, which is the
/// plugin's GET route "/<plugin>/sitemap.xml". A plugin with more than fits into one has an index of its
/// own at "/<plugin>/sitemaps.xml", which robots() names.
Response sitemapIndex(const Request& request, Host& host);
/// Pages that stand in the navigation for everybody, of the nation and of each region, in every language.
Response sitemapOfPages(const Request& request, Host& host);

}  // namespace toimela::pages
