// Everything that the plugin offers, in one list. Each area registers in a block of its own.
#include "trendcards.h"

#include <memory>

#include "handlers/decks.h"
#include "handlers/printing.h"
#include "store/scope.h"
#include "toimela/plugin.h"
#include "toimela/registry.h"

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

// ---- decks: printing ----

void registerPrinting(Registry& registry) {
  const auto shop = std::make_shared<paper::Shop>();
  registry.routes({
      get("/trendcards/{deck}/print", showPrint)
          .anyone().at(store::deckScope()).described("Chooses how a deck is printed"),
      get("/trendcards/{deck}/print.pdf",
          [shop](const Request& request, Host& host) { return printDeck(request, host, *shop); })
          .anyone().at(store::deckScope()).described("Cards of a deck as PDF, on sheets or one by one"),
  });
}

void registerTrendcards(Registry& registry) {
  registerReading(registry);
  registerPrinting(registry);
}

}  // namespace

}  // namespace toimela::trendcards

TOIMELA_PLUGIN("trendcards", "0.1.0", toimela::trendcards::registerTrendcards)
