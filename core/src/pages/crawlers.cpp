#include "pages/crawlers.h"

#include "host/core_host.h"
#include "pages/escape.h"

namespace toimela::pages {

namespace {

constexpr std::string_view kOwn = "/sitemaps/pages.xml";
constexpr const char* kNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

std::string escaped(std::string_view text) {
  std::string out;
  appendEscaped(out, text);
  return out;
}

/// Of the plugins, by the name that such a file has: a sitemap, or an index of sitemaps.
std::vector<std::string> ofPlugins(Host& host, std::string_view name) {
  std::vector<std::string> addresses;
  for (const auto& [plugin, route] : core(host).contributions().routes)
    if (plugin != "core" && route.method == Method::get && route.pattern == "/" + plugin + "/" + std::string(name) &&
        host.active(plugin, std::nullopt))
      addresses.push_back(host.absolute(Locale::fi, route.pattern));
  return addresses;
}

std::vector<std::string> sitemaps(Host& host) {
  auto addresses = ofPlugins(host, "sitemap.xml");
  addresses.insert(addresses.begin(), host.baseUrl() + std::string(kOwn));
  return addresses;
}

Response xml(std::string_view element, const std::string& content, const std::string& more = {}) {
  std::string body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<";
  body.append(element).append(" xmlns=\"").append(kNamespace).append("\"").append(more).append(">\n");
  body.append(content).append("</").append(element).append(">\n");
  Response response = Response::text(200, std::move(body));
  response.headers.set("Content-Type", "application/xml; charset=utf-8");
  return response;
}

/// Paths without language.
std::vector<std::string> publicPaths(Host& host) {
  constexpr std::string_view kRegion = "{region}";
  std::vector<std::string> paths{"/", "/accessibility"};
  for (const Region& region : host.regions()) paths.push_back("/regions/" + region.slug);
  for (const auto& [plugin, item] : core(host).contributions().navigation) {
    // One's own pages are nobody else's, and a search finds nothing without words.
    if (item.permission || item.path.starts_with("/account") || item.path == "/search") continue;
    const auto at = item.path.find(kRegion);
    if (at == std::string::npos) {
      if (plugin == "core" || host.active(plugin, std::nullopt)) paths.push_back(item.path);
      continue;
    }
    for (const Region& region : host.regions())
      if (plugin == "core" || host.active(plugin, region.code))
        paths.push_back(std::string(item.path).replace(at, kRegion.size(), region.slug));
  }
  return paths;
}

}  // namespace

Response robots(const Request&, Host& host) {
  // Forms and figures of single things are no pages to be found; lists with filters are found unfiltered.
  std::string text = "User-agent: *\nDisallow: /api/\nDisallow: /*/search\nDisallow: /*/sign-in\n\n";
  text += "Sitemap: " + host.baseUrl() + "/sitemap.xml\n";
  for (const std::string& address : sitemaps(host)) text += "Sitemap: " + address + "\n";
  // An index may not stand in another one.
  for (const std::string& address : ofPlugins(host, "sitemaps.xml")) text += "Sitemap: " + address + "\n";
  return Response::text(200, std::move(text));
}

Response sitemapIndex(const Request&, Host& host) {
  std::string content;
  for (const std::string& address : sitemaps(host)) content += "<sitemap><loc>" + escaped(address) + "</loc></sitemap>\n";
  return xml("sitemapindex", content);
}

Response sitemapOfPages(const Request&, Host& host) {
  std::string content;
  for (const std::string& path : publicPaths(host)) {
    std::string languages;
    for (const Locale locale : kLocales)
      languages += "<xhtml:link rel=\"alternate\" hreflang=\"" + std::string(code(locale)) + "\" href=\"" +
                   escaped(host.absolute(locale, path)) + "\"/>";
    for (const Locale locale : kLocales)
      content += "<url><loc>" + escaped(host.absolute(locale, path)) + "</loc>" + languages + "</url>\n";
  }
  return xml("urlset", content, " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
}

}  // namespace toimela::pages
