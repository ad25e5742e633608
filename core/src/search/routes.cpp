// Every page of the search room.
#include "host/core_host.h"
#include "kit/json_schema.h"
#include "search/handlers.h"

namespace toimela::search {

namespace {

std::string found() {
  using namespace schema;
  return described(wholeList(answer({{"kind", text()},
                                     {"id", text()},
                                     {"title", ref("LocalText")},
                                     {"path", described(text(), "Its page, without a language in front.")},
                                     {"region", orNull(ref("RegionCode"))}})),
                   "The best matches of every kind; there is one page.")
      .dump();
}

}  // namespace

void contribute(Registry& registry) {
  registry.schema("SearchResults", found());
  registry.navigation({"/search", "search.title", std::nullopt, 90});
  registry.routes({
      get("/search", showResults).anyone().described("Search over everything"),
      get("/api/v1/search", apiResults)
          .anyone()
          .answers("SearchResults")
          .reads("q", "What is sought")
          .described("Search over everything"),
  });
}

}  // namespace toimela::search
