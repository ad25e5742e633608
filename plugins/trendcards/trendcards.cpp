// Everything that the plugin offers, in one list. Each area registers in a block of its own.
#include "trendcards.h"

#include "handlers/decks.h"
#include "handlers/needs.h"
#include "handlers/results.h"
#include "handlers/results_demo.h"
#include "store/scope.h"
#include "store/sessions.h"
#include "toimela/plugin.h"
#include "toimela/registry.h"
#include "view/result_schemas.h"

namespace toimela::trendcards {

namespace {

using namespace handlers;

// ---- decks: reading ----

void registerReading(Registry& registry) {
  registry.permissions({
      {kEdit, {Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson}, "trendcards.permission.edit"},
      {kFacilitate, {Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson}, "trendcards.permission.facilitate"},
      {kStock, {Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson}, "trendcards.permission.stock"},
  });
  registry.routes({
      get("/trendcards", listDecks).anyone().cached().described("Decks of cards of the whole country"),
      get("/regions/{region}/trendcards", listDecks)
          .anyone().cached().described("Decks of cards of a region and of the whole country"),
  });
  registry.navigation({.path = "/trendcards", .labelKey = "trendcards.navigation", .order = 40});
  registry.navigation({.path = "/regions/{region}/trendcards", .labelKey = "trendcards.navigation", .order = 40});
}

// ---- results of sessions, and the needs map ----

void registerResults(Registry& registry) {
  registry.routes({
      get("/trendcards/sessions/{session}/results", showResult)
          .needs(kFacilitate).at(store::sessionScope())
          .described("What came of a session; format=pdf, xlsx, md or json as a file"),
      get("/trendcards/results/{key}", showSharedResult)
          .anyone().described("What came of a session, by the link that its facilitator shares"),
      get("/regions/{region}/trendcards/results", listResults)
          .needs(kFacilitate).described("Sessions of a region that are over, with their results"),
      post("/trendcards/sessions/{session}/results/share", shareResult)
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Makes the link by which participants see the result"),
      post("/trendcards/sessions/{session}/results/unshare", unshareResult)
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Ends the link to a result"),
      post("/trendcards/sessions/{session}/results/attach", attachResult)
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Puts a result among the materials of an event"),
      post("/trendcards/sessions/{session}/results/deposit", depositResult)
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Hands a result to the archive as a draft"),
      post("/trendcards/sessions/{session}/results/withdraw", withdrawResult)
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Takes a session out of the needs map for good"),
      get("/trendcards/needs", showNeeds)
          .anyone().cached().described("Which trends matter where, over sessions that allowed it"),

      get("/api/v1/trendcards/sessions/{session}/result", apiResult)
          .needs(kFacilitate).at(store::sessionScope()).answers("TrendcardsResult")
          .described("What came of a session"),
      get("/api/v1/trendcards/needs", apiNeeds)
          .anyone().cached().answers("TrendcardsNeeds")
          .reads("deck", "id of the deck; without it the first that anything was counted of")
          .reads("region", "code of a region").reads("sector", "sector of the people").reads("year", "year of counting")
          .described("Which trends matter where; no figure tells of fewer than five people"),
  });
  view::addResultSchemas(registry);
  registry.job({"count_needs", std::chrono::minutes(10), countSessions});
  registry.navigation({.path = "/regions/{region}/trendcards/results",
                       .labelKey = "trendcards.results_list.link",
                       .permission = kFacilitate,
                       .order = 41});
  registry.demo(loadHeldSessions);
}

void registerTrendcards(Registry& registry) {
  registerReading(registry);
  registerResults(registry);
}

}  // namespace

}  // namespace toimela::trendcards

TOIMELA_PLUGIN("trendcards", "0.1.0", toimela::trendcards::registerTrendcards)
