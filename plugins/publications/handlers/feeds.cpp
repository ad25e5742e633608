#include "handlers/feeds.h"

#include "store/parts.h"
#include "store/publications.h"
#include "view/feeds.h"

namespace toimela::publications::handlers {

namespace {

constexpr int kInFeed = 50;
/// sitemaps.org: at most 50,000 addresses in a file, of which each publication has three.
constexpr int kInSitemap = 16'000;

std::vector<view::FeedEntry> entriesOf(Host& host, const store::Filter& filter) {
  return host.read([&](ReadTx& tx) {
    std::vector<view::FeedEntry> entries;
    for (const PublicationId id : store::newest(tx, filter, kInFeed))
      entries.push_back({*store::find(tx, id), store::partsOf(tx, id)});
    return entries;
  });
}

Response xml(const char* type, std::string body) {
  Response response = Response::text(200, std::move(body));
  response.headers.set("Content-Type", std::string(type) + "; charset=utf-8");
  return response;
}

}  // namespace

Response atomFeed(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto kind = parseKind(request.query.text("kind"));
  const Region* region = words.region(request.region);
  std::string title = region ? words.format("publications.list.title_in", {{"place", words.pick(region->name)}})
                             : words.text("publications.list.title");
  if (kind) title += ": " + words.word("kind", *kind);
  return xml("application/atom+xml",
             view::atom(request, title, entriesOf(host, {.region = request.region, .kind = kind}), words));
}

Response podcastFeed(const Request& request, Host& host) {
  return xml("application/rss+xml",
             view::podcast(request, entriesOf(host, {.region = request.region, .kind = Kind::podcast}),
                           view::Words(request, host)));
}

Response sitemap(const Request& request, Host& host) {
  const auto publications = host.read([&](ReadTx& tx) {
    std::vector<Publication> found;
    for (const PublicationId id : store::newest(tx, {}, kInSitemap)) found.push_back(*store::find(tx, id));
    return found;
  });
  return xml("application/xml", view::sitemap(publications, view::Words(request, host)));
}

}  // namespace toimela::publications::handlers
