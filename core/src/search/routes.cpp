// Every page of the search room.
#include "host/core_host.h"
#include "kit/json_schema.h"
#include "search/commands.h"
#include "search/handlers.h"
#include "search/service.h"

namespace toimela::search {

namespace {

using namespace schema;

std::string found() {
  const Json hit = answer({{"kind", text()},
                           {"id", text()},
                           {"title", ref("LocalText")},
                           {"snippet", described(text(), "The part of the text where the words stand.")},
                           {"path", described(text(), "Its page, without a language in front.")},
                           {"region", orNull(ref("RegionCode"))},
                           {"date", described(orNull(text()), "A day, a month or a year (ISO 8601), as exactly as it is known.")}});
  const Json value = answer({{"value", described(text(), "For a field of the facet's name.")},
                             {"label", text()},
                             {"count", number()}});
  return described(answer({{"items", listOf(hit)},
                           {"next", orNull(text())},
                           {"total", described(number(), "Up to some thousand exactly.")},
                           {"exact", described(flag(), "False: `total` and the counts of facets are estimates.")},
                           {"ready", described(flag(), "False: there is no index yet, and nothing was looked for.")},
                           {"spelling", described(orNull(text()), "What may have been meant.")},
                           {"facets", described(Json{{"type", "object"}, {"additionalProperties", listOf(value)}},
                                                "By facet: kind, type, year, language, region, project, subject.")}}),
                   "What was found, best first.")
      .dump();
}

std::string suggestions() {
  return wholeList(answer({{"kind", text()}, {"id", text()}, {"title", ref("LocalText")}, {"path", text()}})).dump();
}

Route narrowed(Route route) {
  for (const Facet facet : kFacets)
    route = std::move(route).reads(std::string(code(facet)), "Only what has this " + std::string(code(facet)) +
                                                                 "; may come several times");
  return route;
}

}  // namespace

void contribute(Registry& registry) {
  registry.provide<Engine>(std::make_shared<Service>());
  for (auto& command : commands()) registry.command(std::move(command));
  registry.schema("SearchResults", found());
  registry.schema("SearchSuggestions", suggestions());
  registry.navigation({"/search", "search.title", std::nullopt, 90});
  registry.routes({
      get("/search", showResults).anyone().described("Search over everything"),
      get("/search/suggestions", suggestTitles).anyone().described("Titles for what is being typed into the search"),
      narrowed(get("/api/v1/search", apiResults)
                   .anyone()
                   .answers("SearchResults")
                   .reads("q", "What is sought; \"exact phrases\" in quotes")
                   .reads("sort", "relevance or newest")
                   .reads("after", "Where the page begins: `next` of the one before")
                   .reads("limit", "1 to 100")
                   .described("Search over everything")),
      get("/api/v1/search/suggestions", apiSuggestions)
          .anyone()
          .answers("SearchSuggestions")
          .reads("q", "The beginning of what is sought")
          .described("Things whose titles have words beginning so"),
  });
}

}  // namespace toimela::search
