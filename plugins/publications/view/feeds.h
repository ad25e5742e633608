// Feeds: Atom, podcasts, and the list of addresses for search engines.
#pragma once

#include <vector>

#include "domain/part.h"
#include "store/publications.h"
#include "toimela/discovery.h"
#include "toimela/request.h"
#include "view/words.h"

namespace toimela::publications::view {

/// The feeds of a list, for the head of its page.
std::vector<FeedLink> feedsOf(const Region* region, std::optional<Kind> kind, const Words& words);

struct FeedEntry {
  Publication publication;
  std::vector<Part> parts;
};
/// RFC 4287.
std::string atom(const Request& request, const std::string& title, const std::vector<FeedEntry>& entries, const Words& words);
/// RSS 2.0 with enclosures and the elements of podcast directories.
/// Of what is open on the day.
std::string podcast(const Request& request, const std::vector<FeedEntry>& entries, Date day, const Words& words);
/// sitemaps.org, protocol 0.9: the index, by the stretches that there are; its first is page 1.
std::string sitemaps(const std::vector<store::Stretch>& stretches, Host& host);
/// Every publication of a stretch in every language.
std::string sitemap(const std::vector<store::Change>& changes, Host& host);

}  // namespace toimela::publications::view
