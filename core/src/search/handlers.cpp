#include "search/handlers.h"

#include "host/core_host.h"
#include "kit/json_values.h"
#include "search/question_of.h"
#include "toimela/numbers.h"
#include "toimela/paging.h"

namespace toimela::search {

namespace {

constexpr int kSuggestions = 8;

Engine& engine(Host& host) { return *host.service<Engine>(); }

std::vector<View> piecesOf(const std::vector<Piece>& pieces) {
  std::vector<View> views;
  for (const Piece& piece : pieces) {
    View view;
    view.set("text", piece.text).flag("is_found", piece.isFound);
    views.push_back(std::move(view));
  }
  return views;
}

std::string languageUnless(Locale locale, Locale reader) {
  return locale == reader ? std::string() : std::string(code(locale));
}

const Source* sourceOf(Host& host, const std::string& kind) {
  for (const auto& [plugin, source] : core(host).contributions().search)
    if (source.kind == kind) return &source;
  return nullptr;
}

/// The kind of a hit in the singular is its type where it has one: "Handbook", else "Events".
std::string kindOf(Host& host, const Hit& hit, Locale locale) {
  const Source* source = sourceOf(host, hit.kind);
  if (!source) return hit.kind;
  const std::string key = source->typeLabels + hit.type;
  const bool hasName = !hit.type.empty() && !source->typeLabels.empty() && host.texts().has(key);
  return host.texts().get(locale, hasName ? key : source->labelKey);
}

/// ISO 8601, as exactly as it is known.
std::string isoDate(const Hit& hit) {
  const std::string day = hit.date->text();
  return hit.precision == Precision::day ? day : day.substr(0, hit.precision == Precision::month ? 7 : 4);
}

std::string dateOf(const Hit& hit, Locale locale, Host& host) {
  const std::string iso = isoDate(hit);
  switch (hit.precision) {
    case Precision::year: return iso;
    case Precision::month:
      return host.texts().format(locale, "search.month", {{"month", iso.substr(5)}, {"year", iso.substr(0, 4)}});
    case Precision::day: break;
  }
  return showDate(*hit.date, locale);
}

View viewOf(const Hit& hit, const Request& request, Host& host) {
  View view;
  view.set("href", request.link(hit.path)).set("kind", kindOf(host, hit, request.locale));
  view.list("title", piecesOf(hit.titlePieces)).set("title_in", languageUnless(hit.titleLocale, request.locale));
  view.list("snippet", piecesOf(hit.snippet)).set("snippet_in", languageUnless(hit.snippetLocale, request.locale));
  view.flag("has_snippet", !hit.snippet.empty());
  if (const Region* region = hit.region ? host.region(*hit.region) : nullptr)
    view.text("region", region->name, request.locale);
  if (hit.date) view.set("date", dateOf(hit, request.locale, host)).set("iso_date", isoDate(hit));
  return view;
}

std::string linkTo(const Request& request, const Question& question, int page = 1) {
  return request.link("/search?" + addressOf(question, page));
}

Question without(Question question, Facet facet, const std::string& value) {
  std::erase_if(question.filters, [&](const Filter& f) { return f.facet == facet && f.value == value; });
  return question;
}

Question with(Question question, Facet facet, const std::string& value) {
  question.filters.push_back({facet, value});
  return question;
}

/// Facets with something to choose, and what was chosen already.
void showFacets(View& view, const Answer& answer, const Question& question, const Request& request, Host& host) {
  std::vector<View> facets, chosen;
  for (const FacetCounts& counts : answer.facets) {
    const std::string name = host.texts().get(request.locale, "search.facet." + std::string(code(counts.facet)));
    std::vector<View> values;
    for (const FacetValue& value : counts.values) {
      View one;
      one.set("label", value.label);
      if (value.isChosen) {
        one.set("href", linkTo(request, without(question, counts.facet, value.value))).set("facet", name);
        chosen.push_back(std::move(one));
      } else {
        one.set("href", linkTo(request, with(question, counts.facet, value.value)));
        one.set("count", (answer.isExact ? "" : "≈ ") + showNumber(value.count, request.locale));
        values.push_back(std::move(one));
      }
    }
    // One value that everything has would narrow nothing.
    if (values.empty() || (values.size() == 1 && counts.values.size() == 1 && counts.values[0].count == answer.total)) continue;
    View facet;
    facet.set("label", name).set("id", code(counts.facet).data()).list("values", std::move(values));
    facets.push_back(std::move(facet));
  }
  view.flag("has_facets", !facets.empty()).list("facets", std::move(facets));
  view.flag("has_chosen", !chosen.empty()).list("chosen", std::move(chosen));
  std::vector<View> kept;
  for (const Filter& filter : question.filters) {
    View field;
    field.set("name", std::string(code(filter.facet))).set("value", filter.value);
    kept.push_back(std::move(field));
  }
  view.list("kept", std::move(kept));
}

void showPages(View& view, const Answer& answer, const Question& question, const Request& request, Host& host) {
  const int page = pageOf(question);
  const auto reachable = std::min<std::int64_t>(answer.total, kDeepest);
  const int pages = static_cast<int>((reachable + kHitsOnPage - 1) / kHitsOnPage);
  if (pages < 2) return;
  View pager;
  if (page > 1) pager.set("previous", linkTo(request, question, page - 1));
  if (page < pages) pager.set("next", linkTo(request, question, page + 1));
  pager.set("position", host.texts().format(request.locale, "site.position",
                                            {{"page", std::int64_t(page)}, {"pages", std::int64_t(pages)}}));
  view.group("pager", std::move(pager));
}

std::string summaryOf(const Answer& answer, const Question& question, Host& host) {
  if (!answer.isReady) return host.texts().get(question.locale, "search.not_ready");
  const std::string_view key = answer.isLoose ? "search.summary.loose"
                               : !answer.isExact ? "search.summary.many"
                               : question.typed.empty() ? "search.summary.all" : "search.summary";
  return host.texts().format(question.locale, key, {{"count", answer.total}, {"q", question.typed}});
}

}  // namespace

Response showResults(const Request& request, Host& host) {
  const Question question = questionOf(request);
  const bool isAsked = !question.typed.empty() || !question.filters.empty();
  Answer answer;
  if (isAsked) answer = engine(host).find(request.actor, question);
  View view;
  view.set("q", question.typed).flag("is_asked", isAsked).flag("is_ready", answer.isReady);
  view.flag("has_results", !answer.hits.empty());
  if (isAsked) view.set("summary", summaryOf(answer, question, host));
  std::vector<View> hits;
  for (const Hit& hit : answer.hits) hits.push_back(viewOf(hit, request, host));
  view.list("hits", std::move(hits));
  if (!answer.spelling.empty()) {
    Question better = question;
    better.typed = answer.spelling;
    view.set("spelling", answer.spelling).set("spelling_href", linkTo(request, better));
  }
  if (answer.hits.empty() && !question.filters.empty() && !question.typed.empty())
    view.set("wider_href", linkTo(request, {.typed = question.typed, .sort = question.sort}));
  showFacets(view, answer, question, request, host);
  showPages(view, answer, question, request, host);
  Question other = question;
  other.sort = question.sort == Sort::relevance ? Sort::newest : Sort::relevance;
  view.flag("is_newest", question.sort == Sort::newest).set("other_sort", linkTo(request, other));
  return host.page(request, "search", std::move(view));
}

Response suggestTitles(const Request& request, Host& host) {
  nlohmann::json titles = nlohmann::json::array();
  for (const Hit& hit : engine(host).suggest(request.actor, questionOf(request).typed, request.locale, kSuggestions))
    titles.push_back(hit.title.pick(request.locale).text);
  return host.json(titles.dump());
}

Response apiResults(const Request& request, Host& host) {
  using nlohmann::ordered_json;
  Question question = questionOf(request);
  const Paging paging = Paging::of(request);
  question.first = static_cast<int>(std::min<std::int64_t>(paging.afterId<Id<struct HitTag>>().value, kDeepest));
  question.limit = std::min(paging.limit, 100);
  const Answer answer = engine(host).find(request.actor, question);
  const auto plain = [](const std::vector<Piece>& pieces) {
    std::string text;
    for (const Piece& piece : pieces) text += piece.text;
    return text;
  };
  ordered_json items = ordered_json::array(), facets = ordered_json::object();
  for (const Hit& hit : answer.hits)
    items.push_back({{"kind", hit.kind},
                     {"id", std::to_string(hit.id)},
                     {"title", jsonOf(hit.title)},
                     {"snippet", plain(hit.snippet)},
                     {"path", hit.path},
                     {"region", textOrNull(hit.region)},
                     {"date", hit.date ? ordered_json(isoDate(hit)) : ordered_json(nullptr)}});
  for (const FacetCounts& counts : answer.facets) {
    ordered_json values = ordered_json::array();
    for (const FacetValue& value : counts.values)
      values.push_back({{"value", value.value}, {"label", value.label}, {"count", value.count}});
    facets[std::string(code(counts.facet))] = std::move(values);
  }
  const std::int64_t next = question.first + std::ssize(answer.hits);
  const bool isMore = !answer.hits.empty() && next < answer.total && next < kDeepest;
  return host.json(ordered_json{{"items", std::move(items)},
                                {"next", isMore ? ordered_json(Paging::cursor(std::to_string(next))) : ordered_json(nullptr)},
                                {"total", answer.total},
                                {"exact", answer.isExact},
                                {"ready", answer.isReady},
                                {"spelling", answer.spelling.empty() ? ordered_json(nullptr) : ordered_json(answer.spelling)},
                                {"facets", std::move(facets)}}
                       .dump());
}

Response apiSuggestions(const Request& request, Host& host) {
  using nlohmann::ordered_json;
  ordered_json items = ordered_json::array();
  for (const Hit& hit : engine(host).suggest(request.actor, questionOf(request).typed, request.locale, kSuggestions))
    items.push_back({{"kind", hit.kind}, {"id", std::to_string(hit.id)}, {"title", jsonOf(hit.title)}, {"path", hit.path}});
  return host.json(ordered_json{{"items", std::move(items)}, {"next", nullptr}}.dump());
}

}  // namespace toimela::search
