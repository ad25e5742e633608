// Every page of the search room.
#include "host/core_host.h"
#include "search/handlers.h"

namespace toimela::search {

void contribute(Registry& registry) {
  registry.navigation({"/search", "search.title", std::nullopt, 90});
  registry.routes({
      get("/search", showResults).anyone().described("Search over everything"),
      get("/api/v1/search", apiResults).anyone().described("Search over everything"),
  });
}

}  // namespace toimela::search
