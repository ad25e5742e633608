#include "handlers/archive.h"

#include <algorithm>

#include "handlers/found.h"
#include "publications.h"
#include "store/parts.h"
#include "store/publications.h"
#include "store/series.h"
#include "toimela/discovery.h"
#include "toimela/files.h"
#include "toimela/last_change.h"
#include "toimela/paging.h"
#include "view/feeds.h"
#include "view/pages.h"

namespace toimela::publications::handlers {

namespace {

constexpr std::size_t kInPreview = 300;  // bytes

constexpr int kOnPage = 20, kInTile = 4;

std::optional<std::string> asked(const Request& request, const char* name) {
  const auto text = request.query.text(name);
  return text.empty() || text.size() > 200 ? std::nullopt : std::optional(std::string(text));
}

store::Filter filterOf(const Request& request, Host& host) {
  store::Filter filter{.region = request.region ? request.region : RegionCode::parse(request.query.text("region")),
                       .kind = parseKind(request.query.text("kind")),
                       .language = asked(request, "language"),
                       .year = asked(request, "year"),
                       .subject = asked(request, "subject"),
                       .project = asked(request, "project")};
  if (filter.region && !host.region(*filter.region)) filter.region.reset();
  if (const auto series = parseId(request.query.text("series"))) filter.series = SeriesId{*series};
  return filter;
}

/// "2019-05.12": the place after a publication.
std::optional<store::Place> placeOf(const std::optional<std::string>& cursor) {
  if (!cursor) return std::nullopt;
  const auto dot = cursor->rfind('.');
  const auto id = dot == std::string::npos ? std::nullopt : parseId(std::string_view(*cursor).substr(dot + 1));
  const auto issued = dot == std::string::npos ? std::nullopt : Issued::parse(std::string_view(*cursor).substr(0, dot));
  if (!id || !issued) throw NotFound();
  return store::Place{issued->text(), PublicationId{*id}};
}

Response showList(const Request& request, Host& host) {
  view::ListPage list{.region = request.region ? host.region(*request.region) : nullptr, .filter = filterOf(request, host)};
  const Paging paging = Paging::of(request);
  list.isFirst = !paging.after;
  host.read([&](ReadTx& tx) {
    auto ids = store::listPublic(tx, list.filter, placeOf(paging.after), kOnPage + 1);
    const bool goesOn = ids.size() > kOnPage;
    if (goesOn) ids.resize(kOnPage);
    list.found = store::findAll(tx, ids);
    const auto parts = store::partsOfAll(tx, ids);
    for (const Publication& p : list.found)
      if (const auto own = parts.find(p.id); own != parts.end())
        if (const auto part = picturedPart(tx, p, own->second)) list.pictured.emplace(p.id, *part);
    if (goesOn) list.next = Paging::cursor(list.found.back().issued->text() + "." + list.found.back().id.text());
    list.total = store::countPublic(tx, list.filter);
    list.facets = store::facets(tx, request.region);
    return true;
  });
  const Powers powers = powersIn(request.region, request, host);
  list.mayAdd = powers.edits;
  list.isSignedIn = request.actor.signedIn() && !territoryOf(request, host).codes().empty();
  const view::Words words(request, host);
  View view = view::listPage(list, host.regions(), words);
  offerFeeds(view, request, view::feedsOf(list.region, list.filter.kind, words));
  return host.page(request, "list", std::move(view),
                   {.title = list.region ? words.format("publications.list.title_in", {{"place", words.pick(list.region->name)}})
                                         : words.text("publications.list.title"),
                    .description = words.text("publications.list.lead")});
}

/// The beginning of a text for link previews, cut between letters.
std::string beginning(const std::string& text) {
  std::size_t end = std::min(text.size(), kInPreview);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

view::PublicationPage loadPage(const Request& request, Host& host) {
  view::PublicationPage page{.today = Date::today()};
  host.read([&](ReadTx& tx) {
    page.publication = requireVisible(tx, request, host);
    page.parts = store::partsOf(tx, page.publication.id);
    page.series = store::allSeries(tx);
    page.downloads = store::downloadsOf(tx, page.publication.id);
    if (page.publication.isOpen(page.today))
      for (const Part& part : page.parts) page.pictured[part.id] = files::hasThumbnail(tx, part.newest().file);
    return true;
  });
  page.powers = powersIn(page.publication.region, request, host);
  return page;
}

bool fillTile(const Request& request, Host& host, View& view, std::optional<RegionCode> region) {
  const auto found = host.read([&](ReadTx& tx) { return store::findAll(tx, store::newest(tx, {.region = region}, kInTile)); });
  const view::Words words(request, host);
  view.list("found", each(found, [&](const Publication& p) { return view::row(p, words); }))
      .set("href", words.link(view::listPath(words.region(region))));
  return !found.empty();
}

}  // namespace

Response listPublications(const Request& request, Host& host) { return showList(request, host); }
Response listRegionPublications(const Request& request, Host& host) { return showList(request, host); }

Response showPublication(const Request& request, Host& host) {
  const view::PublicationPage page = loadPage(request, host);
  const Publication& p = page.publication;
  const view::Words words(request, host);
  const std::string title = words.pick(p.title);
  if (p.state == State::withdrawn && !page.powers.puts())
    return host.page(request, "withdrawn", view::tombstone(p, words), {.status = 410, .title = title});
  View view = view::publicationPage(page, words);
  view.set("withdrawn_why", p.withdrawnWhy).flag("is_withdrawn", p.state == State::withdrawn);
  if (page.powers.changes(p.state))
    showLastChange(view, host.read([&](ReadTx& tx) {
      return lastChange(tx, "publications.publication:" + p.id.text());
    }), request, host);
  if (p.state == State::published) describePage(view, view::structured(page, words));
  return host.page(request, "publication", std::move(view), {.title = title, .description = beginning(words.pick(p.abstract))});
}

Response followShortAddress(const Request& request, Host& host) {
  const std::string& code = request.parameters.text("code");
  const auto id = !isShortCode(code) ? std::nullopt : host.read([&](ReadTx& tx) {
    const auto found = store::findByCode(tx, code);
    const auto publication = found ? store::find(tx, *found) : std::nullopt;
    return publication && mayBeSeen(*publication, request, host) ? found : std::nullopt;
  });
  if (!id) throw NotFound();
  return host.redirect(request, view::pathOf(*id));
}

Response citePublication(const Request& request, Host& host) {
  const view::PublicationPage page = loadPage(request, host);
  if (page.publication.state == State::withdrawn) throw NotFound();
  const view::Words words(request, host);
  const Cited cited = words.cited(page.publication, page.series);
  const std::string& format = request.parameters.text("format");
  const std::string name = page.publication.shortCode;
  if (format == "bibtex") return Response::attachment(name + ".bib", "application/x-bibtex; charset=utf-8", bibtex(cited));
  if (format == "ris") return Response::attachment(name + ".ris", "application/x-research-info-systems; charset=utf-8", ris(cited));
  if (format == "csl") return Response::attachment(name + ".json", "application/vnd.citationstyles.csl+json", cslJson(cited));
  if (format == "text") return Response::text(200, readableCitation(cited) + "\n");
  throw NotFound();
}

namespace {

/// A part that the path names, and that the visitor may read.
struct Readable {
  Publication publication;
  Part part;
  bool works = false;  ///< the visitor works with the publication
};
Readable requireReadable(const Request& request, Host& host) {
  auto readable = host.read([&](ReadTx& tx) {
    Publication found = requireVisible(tx, request, host);
    const auto parts = store::partsOf(tx, found.id);
    return Readable{found, requirePart(parts, request)};
  });
  const Powers powers = powersIn(readable.publication.region, request, host);
  readable.works = powers.edits || powers.reviews;
  if (readable.publication.state == State::withdrawn && !readable.works) throw NotFound();
  if (!readable.publication.isOpen(Date::today()) && !readable.works)
    throw RequestError(403, "publications.error.embargo", "the file is under embargo");
  return readable;
}

}  // namespace

Response showThumbnail(const Request& request, Host& host) {
  const auto [publication, part, works] = requireReadable(request, host);
  return files::thumbnail(host, part.newest().file, publication.state == State::published && !works);
}

Response download(const Request& request, Host& host, operations::Downloads& downloads) {
  const auto [publication, part, works] = requireReadable(request, host);
  const Version* version = &part.newest();
  if (request.parameters.has("number")) {
    const auto number = parseId(request.parameters.text("number"));
    const auto found = std::ranges::find_if(part.versions, [&](const Version& each) { return number == each.number; });
    if (found == part.versions.end()) throw NotFound();
    version = &*found;
  }
  Response response = files::serve(host, version->file, {.isInline = request.query.text("inline") == "1"});
  if (publication.state == State::published && !works) {
    // A second click is answered by the reader's own browser, whichever process it would have reached.
    response.headers.set("Cache-Control", "private, max-age=" + std::to_string(kDoubleClick.count()));
    downloads.note(request, host, publication.id, part.id, now());
  }
  return response;
}

bool fillNationTile(const Request& request, Host& host, View& view) { return fillTile(request, host, view, {}); }
bool fillRegionTile(const Request& request, Host& host, View& view) {
  return request.region && fillTile(request, host, view, request.region);
}

}  // namespace toimela::publications::handlers
