#include "handlers/oai.h"

#include "store/harvest.h"
#include "store/publications.h"
#include "store/series.h"
#include "toimela/contact.h"
#include "view/oai.h"

namespace toimela::publications::handlers {

namespace {

using oai::Verb;

constexpr int kOnPage = 100;

std::string hostOf(const std::string& baseUrl) {
  const auto from = baseUrl.find("://") == std::string::npos ? 0 : baseUrl.find("://") + 3;
  return baseUrl.substr(from, baseUrl.find_first_of(":/", from) - from);
}

oai::Refusal noMatch() { return {oai::Error::noRecordsMatch, "No record matches."}; }
oai::Refusal noSuch() { return {oai::Error::idDoesNotExist, "No item has this identifier."}; }

std::optional<Publication> published(ReadTx& tx, PublicationId id) {
  auto found = store::find(tx, id);
  return found && found->publishedAt ? std::move(found) : std::nullopt;
}

std::string listed(const view::OaiHead& head, const oai::Ask& ask, Host& host) {
  view::OaiList list;
  host.read([&](ReadTx& tx) {
    auto ids = store::harvest(tx, ask.selection, kOnPage + 1);
    const bool goesOn = ids.size() > kOnPage;
    if (goesOn) ids.resize(kOnPage);
    list.records = store::findAll(tx, ids);
    list.series = store::allSeries(tx);
    if (ask.selection.after) {
      list.before = ask.selection.after->before;
      list.total = ask.selection.after->total;
    } else if (goesOn) {
      list.total = store::countHarvest(tx, ask.selection);
    }
    if (goesOn) {
      oai::Selection next = ask.selection;
      next.after = oai::Place{list.records.back().changedAt, list.records.back().id, list.before + kOnPage, list.total};
      list.next = oai::token(next);
    } else if (ask.selection.after) {
      list.next = "";
    }
    return true;
  });
  // An empty last page: what it was to have has changed meanwhile and comes with the next harvest.
  if (list.records.empty() && !ask.selection.after) return view::oaiErrors(head, {noMatch()});
  return view::oaiRecords(head, ask.verb, ask.selection.format, list, host);
}

std::string single(const view::OaiHead& head, const oai::Ask& ask, Host& host) {
  view::OaiList list;
  const bool isThere = host.read([&](ReadTx& tx) {
    auto found = published(tx, *ask.identifier);
    if (!found) return false;
    list.records.push_back(std::move(*found));
    list.series = store::allSeries(tx);
    return true;
  });
  if (!isThere) return view::oaiErrors(head, {noSuch()});
  return view::oaiRecords(head, ask.verb, ask.selection.format, list, host);
}

std::string answer(const view::OaiHead& head, const oai::Ask& ask, Host& host) {
  switch (ask.verb) {
    case Verb::identify: {
      const auto earliest = host.read([](ReadTx& tx) { return store::earliestChange(tx); });
      return view::oaiIdentify(head, host.service<Contact>()->email(), earliest.value_or(Instant{}));
    }
    case Verb::listMetadataFormats:
      if (ask.identifier && !host.read([&](ReadTx& tx) { return published(tx, *ask.identifier).has_value(); }))
        return view::oaiErrors(head, {noSuch()});
      return view::oaiFormats(head);
    case Verb::listSets:
      return view::oaiSets(head, host.regions(), host.read([](ReadTx& tx) { return store::allSeries(tx); }), host);
    case Verb::getRecord: return single(head, ask, host);
    case Verb::listIdentifiers:
    case Verb::listRecords: return listed(head, ask, host);
  }
  return {};
}

}  // namespace

Response harvested(const Request& request, Host& host) {
  // Before anything is read, so that a harvester that comes back from here misses nothing.
  view::OaiHead head{.at = now(), .address = host.baseUrl() + "/oai", .host = hostOf(host.baseUrl())};
  head.arguments = request.method == Method::post ? request.form.all() : request.query.all();
  const auto parsed = oai::parse(head.arguments, head.host);
  const auto* ask = std::get_if<oai::Ask>(&parsed);
  Response response = Response::text(
      200, ask ? answer(head, *ask, host) : view::oaiErrors(head, std::get<std::vector<oai::Refusal>>(parsed)));
  response.headers.set("Content-Type", "text/xml; charset=utf-8");
  return response;
}

}  // namespace toimela::publications::handlers
