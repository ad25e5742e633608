// Everything that the plugin offers, in one list. Each area registers in a block of its own.
#include "trendcards.h"

#include <memory>

#include "handlers/collections.h"
#include "handlers/decks.h"
#include "handlers/demo.h"
#include "handlers/printing.h"
#include "handlers/search.h"
#include "store/scope.h"
#include "toimela/plugin.h"
#include "toimela/registry.h"

namespace toimela::trendcards {

namespace {

using namespace handlers;
using store::cardScope;
using store::collectionScope;
using store::deckScope;
using store::editionScope;

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
      get("/trendcards/{deck}", showDeck).anyone().cached().at(deckScope()).described("A deck with its cards"),
      get("/trendcards/{deck}/cards/{number}", showCard)
          .anyone().cached().at(deckScope()).described("One card, its front or its back"),
      get("/trendcards/{deck}/draw", drawCards).anyone().at(deckScope()).described("Cards drawn at random"),
      get("/trendcards/cards/{card}/picture", showPicture).anyone().at(cardScope()).described("The picture of a card"),

      get("/trendcards/collections", listCollections).signedIn().described("One's own collections of cards"),
      post("/trendcards/collections", addCollection)
          .signedIn().rate(RateClass::write).described("Adds a collection of one's own"),
      get("/trendcards/collections/{collection}", showCollection)
          .signedIn().at(collectionScope()).described("A collection of one's own"),
      post("/trendcards/collections/{collection}", renameCollection)
          .signedIn().at(collectionScope()).rate(RateClass::write).described("Names a collection anew"),
      post("/trendcards/collections/{collection}/cards", arrangeCollection)
          .signedIn().at(collectionScope()).rate(RateClass::write).described("Moves or removes a card of a collection"),
      post("/trendcards/collections/{collection}/remove", removeCollection)
          .signedIn().at(collectionScope()).rate(RateClass::write).described("Removes a collection"),
      post("/trendcards/cards/{card}/collect", collectCard)
          .signedIn().at(cardScope()).rate(RateClass::write).described("Puts a card into a collection"),
      get("/trendcards/shared/{key}", showShared).anyone().described("A collection that was shared by its link"),
  });
  registry.navigation({.path = "/trendcards", .labelKey = "trendcards.navigation", .order = 40});
  registry.navigation({.path = "/regions/{region}/trendcards", .labelKey = "trendcards.navigation", .order = 40});
  registry.tile({Tile::Place::nation, "tile_decks", handlers::fillTile, 40});
  registry.tile({Tile::Place::region, "tile_decks", handlers::fillTile, 40});
  registry.personalData(personalData());
  registerSearch(registry);
}

// ---- decks: printing ----

void registerPrinting(Registry& registry) {
  const auto shop = std::make_shared<paper::Shop>();
  registry.routes({
      get("/trendcards/{deck}/print", showPrint)
          .anyone().at(deckScope()).described("Chooses how a deck is printed"),
      get("/trendcards/{deck}/print.pdf",
          [shop](const Request& request, Host& host) { return printDeck(request, host, *shop); })
          .anyone().at(deckScope()).described("Cards of a deck as PDF, on sheets or one by one"),
  });
}

void registerTrendcards(Registry& registry) {
  registerReading(registry);
  registerPrinting(registry);
  registry.demo(loadDemo);
}

}  // namespace

}  // namespace toimela::trendcards

TOIMELA_PLUGIN("trendcards", "0.1.0", toimela::trendcards::registerTrendcards)
