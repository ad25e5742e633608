#include "view/feeds.h"

#include <algorithm>
#include <ctime>

#include "view/xml.h"

namespace toimela::publications::view {

namespace {

constexpr const char* kSitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

std::string query(std::optional<Kind> kind) { return kind ? "?kind=" + std::string(code(*kind)) : std::string(); }

std::string full(const Words& words, std::string_view path) {
  return const_cast<Host&>(words.host()).absolute(words.locale(), path);
}

/// RFC 822 with a year of four digits, as RSS wants it.
std::string rfc822(Instant at) {
  const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[40];
  std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d +0000", kDays[parts.tm_wday], parts.tm_mday,
                kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
  return text;
}

}  // namespace

std::vector<FeedLink> feedsOf(const Region* region, std::optional<Kind> kind, const Words& words) {
  const std::string title = region ? words.format("publications.list.title_in", {{"place", words.pick(region->name)}})
                                   : words.text("publications.list.title");
  std::vector<FeedLink> feeds{{"application/atom+xml", listPath(region) + "/atom.xml" + query(kind), title}};
  if (!kind || *kind == Kind::podcast)
    feeds.push_back({"application/rss+xml", listPath(region) + "/podcast.xml", words.text("publications.feed.podcast")});
  return feeds;
}

std::string atom(const Request& request, const std::string& title, const std::vector<FeedEntry>& entries, const Words& words) {
  Instant updated{};
  for (const FeedEntry& entry : entries) updated = std::max(updated, entry.publication.changedAt);
  const std::string self = full(words, request.path);
  Xml xml;
  xml.begin("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}, {"xml:lang", std::string(code(words.locale()))}});
  xml.text("id", self);
  xml.text("title", title);
  xml.text("updated", isoText(updated));
  xml.begin("author");
  xml.text("name", "Toimela");
  xml.end("author");
  xml.text("link", "", {{"rel", "self"}, {"type", "application/atom+xml"}, {"href", self}});
  xml.text("link", "", {{"rel", "alternate"}, {"type", "text/html"}, {"href", full(words, listPath(words.region(request.region)))}});
  for (const auto& [p, parts] : entries) {
    xml.begin("entry");
    xml.text("id", shortAddress(p, words.host()));
    xml.text("title", words.pick(p.title));
    xml.text("updated", isoText(p.changedAt));
    xml.text("published", isoText(p.publishedAt.value_or(p.changedAt)));
    for (const Contributor& each : p.contributors) {
      if (each.role != Credit::creator) continue;
      xml.begin("author");
      xml.text("name", each.isPerson() ? each.given() + " " + each.family() : each.name);
      xml.end("author");
    }
    xml.text("link", "", {{"rel", "alternate"}, {"type", "text/html"}, {"href", full(words, pathOf(p.id))}});
    xml.text("category", "", {{"term", std::string(code(p.kind))}, {"label", words.word("kind", p.kind)}});
    xml.maybe("summary", words.pick(p.abstract));
    xml.end("entry");
  }
  xml.end("feed");
  return xml.finish();
}

std::string podcast(const Request& request, const std::vector<FeedEntry>& entries, Date day, const Words& words) {
  const Region* region = words.region(request.region);
  Xml xml;
  xml.begin("rss", {{"version", "2.0"}, {"xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"},
                    {"xmlns:atom", "http://www.w3.org/2005/Atom"}});
  xml.begin("channel");
  xml.text("title", words.text("publications.feed.podcast") + (region ? ": " + words.pick(region->name) : std::string()));
  xml.text("link", full(words, listPath(region)) + "?kind=podcast");
  xml.text("atom:link", "", {{"rel", "self"}, {"type", "application/rss+xml"}, {"href", full(words, request.path)}});
  xml.text("description", words.text("publications.feed.podcast_about"));
  xml.text("language", std::string(code(words.locale())));
  xml.text("itunes:explicit", "false");
  xml.text("itunes:category", "", {{"text", "Society & Culture"}});
  for (const auto& [p, parts] : entries) {
    const auto sound = std::ranges::find_if(parts, [](const Part& part) { return isSound(part.newest().type); });
    if (sound == parts.end() || !p.isOpen(day)) continue;
    xml.begin("item");
    xml.text("title", words.pick(p.title));
    xml.text("guid", shortAddress(p, words.host()), {{"isPermaLink", "true"}});
    xml.text("link", full(words, pathOf(p.id)));
    xml.text("pubDate", rfc822(p.publishedAt.value_or(p.changedAt)));
    xml.maybe("description", words.pick(p.abstract));
    xml.maybe("itunes:author", words.byline(p));
    xml.text("enclosure", "", {{"url", full(words, filePath(p.id, *sound))},
                               {"length", std::to_string(sound->newest().size)},
                               {"type", sound->newest().type}});
    xml.end("item");
  }
  xml.end("channel");
  xml.end("rss");
  return xml.finish();
}

std::string sitemaps(const std::vector<store::Stretch>& stretches, Host& host) {
  Xml xml;
  xml.begin("sitemapindex", {{"xmlns", kSitemap}});
  for (const store::Stretch& each : stretches) {
    xml.begin("sitemap");
    xml.text("loc", host.absolute(Locale::fi, "/publications/sitemaps/" + std::to_string(each.number + 1)));
    xml.text("lastmod", isoText(each.changedAt));
    xml.end("sitemap");
  }
  xml.end("sitemapindex");
  return xml.finish();
}

std::string sitemap(const std::vector<store::Change>& changes, Host& host) {
  Xml xml;
  xml.begin("urlset", {{"xmlns", kSitemap}, {"xmlns:xhtml", "http://www.w3.org/1999/xhtml"}});
  for (const store::Change& each : changes)
    for (const Locale locale : kLocales) {
      xml.begin("url");
      xml.text("loc", host.absolute(locale, pathOf(each.id)));
      xml.text("lastmod", isoText(each.at));
      for (const Locale other : kLocales)
        xml.text("xhtml:link", "", {{"rel", "alternate"}, {"hreflang", std::string(code(other))},
                                    {"href", host.absolute(other, pathOf(each.id))}});
      xml.end("url");
    }
  xml.end("urlset");
  return xml.finish();
}

}  // namespace toimela::publications::view
