// Every page of the search room.
#include "host/core_host.h"
#include "search/handlers.h"

namespace toimela::search {

namespace {

constexpr const char* kFound = R"({
  "type": "object",
  "description": "The best matches of every kind; there is one page.",
  "required": ["items", "next"],
  "properties": {
    "items": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["kind", "id", "title", "path", "region"],
        "properties": {
          "kind": {"type": "string"},
          "id": {"type": "string"},
          "title": {"$ref": "#/components/schemas/LocalText"},
          "path": {"type": "string", "description": "Its page, without a language in front."},
          "region": {"oneOf": [{"$ref": "#/components/schemas/RegionCode"}, {"type": "null"}]}
        },
        "additionalProperties": false
      }
    },
    "next": {"type": "null"}
  },
  "additionalProperties": false
})";

}  // namespace

void contribute(Registry& registry) {
  registry.schema("SearchResults", kFound);
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
