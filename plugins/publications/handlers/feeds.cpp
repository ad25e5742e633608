#include "handlers/feeds.h"

#include "store/parts.h"
#include "store/publications.h"
#include "view/feeds.h"

namespace toimela::publications::handlers {

namespace {

constexpr int kInFeed = 50;
/// sitemaps.org: at most 50,000 addresses and 50 MB in a file; each publication has three addresses, with a
/// kilobyte about each.
constexpr std::int64_t kInSitemap = 4'000;
/// As many as an index may name.
constexpr std::int64_t kMostSitemaps = 50'000;

std::vector<view::FeedEntry> entriesOf(Host& host, const store::Filter& filter) {
  return host.read([&](ReadTx& tx) {
    const auto ids = store::newest(tx, filter, kInFeed);
    auto parts = store::partsOfAll(tx, ids);
    std::vector<view::FeedEntry> entries;
    for (Publication& p : store::findAll(tx, ids)) {
      auto& ofIt = parts[p.id];
      entries.push_back({std::move(p), std::move(ofIt)});
    }
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
             view::podcast(request, entriesOf(host, {.region = request.region, .kind = Kind::podcast}), Date::today(),
                           view::Words(request, host)));
}

Response sitemaps(const Request&, Host& host) {
  const auto all = host.read([](ReadTx& tx) { return store::stretches(tx, kInSitemap); });
  return xml("application/xml", view::sitemaps(all, host));
}

Response sitemap(const Request& request, Host& host) {
  const auto page = parseId(request.parameters.text("page"));
  if (!page || *page > kMostSitemaps) throw NotFound();
  const auto changes = host.read([&](ReadTx& tx) { return store::stretch(tx, *page - 1, kInSitemap); });
  if (changes.empty()) throw NotFound();
  return xml("application/xml", view::sitemap(changes, host));
}

}  // namespace toimela::publications::handlers
