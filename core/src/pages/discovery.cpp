#include "toimela/discovery.h"

#include "pages/templates.h"

namespace toimela {

void offerFeeds(View& page, const Request& request, const std::vector<FeedLink>& feeds) {
  std::vector<View> links;
  for (const FeedLink& feed : feeds) {
    links.push_back(View());
    links.back().set("type", feed.type).set("href", request.link(feed.path)).set("title", feed.title);
  }
  page.list("page_feeds", std::move(links));
}

void describePage(View& page, std::string_view json) {
  page.html("structured_data", pages::Templates::dataBlock(json));
}

void illustratePage(View& page, std::string_view address, std::string_view alternative) {
  View picture;
  picture.set("address", std::string(address)).set("alternative", std::string(alternative));
  page.group("page_picture", std::move(picture));
}

SafeHtml pages::Templates::dataBlock(std::string_view json) {
  std::string block = "<script type=\"application/ld+json\">";
  for (const char c : json) {
    if (c == '<')
      block += "\\u003c";
    else
      block += c;
  }
  return SafeHtml(block + "</script>");
}

}  // namespace toimela
