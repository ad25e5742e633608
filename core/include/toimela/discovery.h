// What a page tells programs: feeds of what it shows, and what it is about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "toimela/export.h"
#include "toimela/request.h"
#include "toimela/view.h"

namespace toimela {

/// A feed of what a page shows.
struct FeedLink {
  std::string type;   ///< "application/atom+xml", "text/calendar"
  std::string path;   ///< without language
  std::string title;  ///< ready text
};
/// Names the feeds in the head of the page, where browsers and feed readers look for them.
TOIMELA_API void offerFeeds(View& page, const Request& request, const std::vector<FeedLink>& feeds);

/// Says in the head of the page what it is about: a serialised schema.org document (JSON-LD 1.1) in a
/// data block (HTML, section 4.12.1), which no browser runs. Nothing in the document can end it.
TOIMELA_API void describePage(View& page, std::string_view json);

/// A picture of what a page is about, for link previews (Open Graph, ogp.me: og:image, og:image:alt).
/// `address` is a full one; `alternative` says what is to be seen, in the language of the page.
TOIMELA_API void illustratePage(View& page, std::string_view address, std::string_view alternative);

}  // namespace toimela
