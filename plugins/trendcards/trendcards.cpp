// Everything that the plugin offers, in one list. Each area registers in a block of its own.
#include "trendcards.h"

#include "exchange/zip.h"
#include "handlers/api.h"
#include "handlers/collections.h"
#include "handlers/decks.h"
#include "handlers/demo.h"
#include "handlers/editing.h"
#include "handlers/search.h"
#include "handlers/transfer.h"
#include "store/scope.h"
#include "toimela/plugin.h"
#include "toimela/registry.h"
#include "view/json.h"

namespace toimela::trendcards {

namespace {

using namespace handlers;
using store::cardScope;
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
          .signedIn().described("A collection of one's own"),
      post("/trendcards/collections/{collection}", renameCollection)
          .signedIn().rate(RateClass::write).described("Names a collection anew"),
      post("/trendcards/collections/{collection}/cards", arrangeCollection)
          .signedIn().rate(RateClass::write).described("Moves or removes a card of a collection"),
      post("/trendcards/collections/{collection}/remove", removeCollection)
          .signedIn().rate(RateClass::write).described("Removes a collection"),
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

// ---- decks: editing ----

void registerEditing(Registry& registry) {
  constexpr std::uint64_t kLargestCard = 3 * 1024 * 1024;
  const std::string region = "/regions/{region}", work = "/trendcards/work", fresh = "/trendcards/new";
  const std::string deck = "/trendcards/{deck}", edition = "/trendcards/editions/{edition}", card = "/trendcards/cards/{card}";
  const auto editsDeck = [](Route route) { return std::move(route).needs(kEdit).at(deckScope()); };
  const auto editsEdition = [](Route route) { return std::move(route).needs(kEdit).at(editionScope()); };
  const auto editsCard = [](Route route) { return std::move(route).needs(kEdit).at(cardScope()); };
  registry.routes({
      get(work, listWork).needs(kEdit).described("The nation's decks with their drafts"),
      get(region + work, listWork).needs(kEdit).described("Decks of a region with their drafts"),
      get(fresh, newDeck).needs(kEdit).described("Form for a national deck"),
      post(fresh, addDeck).needs(kEdit).rate(RateClass::write).described("Makes a national deck"),
      get(region + fresh, newDeck).needs(kEdit).described("Form for a deck of a region"),
      post(region + fresh, addDeck).needs(kEdit).rate(RateClass::write).described("Makes a deck of a region"),

      editsDeck(get(deck + "/work", workOnDeck)).described("A deck with all its editions"),
      editsDeck(get(deck + "/edit", editDeck)).described("Form of a deck: key, licence, themes"),
      editsDeck(post(deck + "/edit", saveDeck)).rate(RateClass::write).described("Saves a deck"),
      editsDeck(get(deck + "/remove", askRemoveDeck)).described("Asks before a deck is removed"),
      editsDeck(post(deck + "/remove", removeDeck)).rate(RateClass::write).described("Removes a deck that was never published"),
      editsDeck(post(deck + "/put-aside", putDeckAside)).rate(RateClass::write).described("Takes a deck off the lists"),
      editsDeck(post(deck + "/take-back", takeDeckBack)).rate(RateClass::write).described("Puts a deck on the lists again"),
      get(deck + "/copy", askCopyDeck).needs(kEdit).anywhere().described("Form for copying a deck to a place of one's own"),
      post(deck + "/copy", copyDeck)
          .needs(kEdit).anywhere().rate(RateClass::write).described("Copies a deck"),
      editsDeck(get(deck + "/editions/new", newEdition)).described("Form for one more language"),
      editsDeck(post(deck + "/editions/new", addEdition)).rate(RateClass::write).described("Adds a draft of one more language"),

      editsEdition(get(edition, workOnEdition)).described("An edition with its cards, for its editors"),
      editsEdition(get(edition + "/edit", editEdition)).described("Form of a draft: title, introduction, names of themes"),
      editsEdition(post(edition + "/edit", saveEdition)).rate(RateClass::write).described("Saves a draft"),
      editsEdition(post(edition + "/publish", publishEdition)).rate(RateClass::write).described("Publishes a draft"),
      editsEdition(post(edition + "/version", addVersion)).rate(RateClass::write).described("Makes a draft of the next version"),
      editsEdition(get(edition + "/remove", askRemoveEdition)).described("Asks before a draft is removed"),
      editsEdition(post(edition + "/remove", removeEdition)).rate(RateClass::write).described("Removes a draft"),

      editsEdition(get(edition + "/cards/new", newCard)).described("Form for a card"),
      editsEdition(post(edition + "/cards/new", addCard))
          .rate(RateClass::write).accepts(kLargestCard).described("Adds a card to a draft"),
      editsEdition(post(edition + "/preview", previewCard)).accepts(kLargestCard).described("Shows a card as it is typed"),
      editsCard(get(card + "/edit", editCard)).described("Form of a card"),
      editsCard(post(card + "/edit", saveCard)).rate(RateClass::write).accepts(kLargestCard).described("Saves a card"),
      editsCard(get(card + "/remove", askRemoveCard)).described("Asks before a card is removed"),
      editsCard(post(card + "/remove", removeCard)).rate(RateClass::write).described("Removes a card of a draft"),
      editsCard(post(card + "/move", moveCard)).rate(RateClass::write).described("Gives a card another number"),
  });
}

// ---- decks: in and out ----

void registerTransfer(Registry& registry) {
  constexpr std::uint64_t kLargestPackage = exchange::kLargestZip + 64 * 1024, kLargestTable = 3 * 1024 * 1024;
  const std::string import = "/trendcards/import", region = "/regions/{region}", edition = "/trendcards/editions/{edition}";
  registry.routes({
      get("/trendcards/{deck}/export", exportDeck).anyone().at(deckScope()).described("A whole deck as a ZIP file"),
      get(import, askImport).needs(kEdit).described("Form for the ZIP file of a deck"),
      post(import, previewImport)
          .needs(kEdit).rate(RateClass::write).accepts(kLargestPackage).described("Shows what a ZIP file of a deck has"),
      post(import + "/do", doImport).needs(kEdit).rate(RateClass::write).described("Makes a national deck of a ZIP file"),
      get(region + import, askImport).needs(kEdit).described("Form for the ZIP file of a deck of a region"),
      post(region + import, previewImport)
          .needs(kEdit).rate(RateClass::write).accepts(kLargestPackage).described("Shows what a ZIP file of a deck has"),
      post(region + import + "/do", doImport)
          .needs(kEdit).rate(RateClass::write).described("Makes a deck of a region of a ZIP file"),
      get(edition + "/texts.csv", exportTexts)
          .needs(kEdit).at(editionScope()).described("The texts of an edition as a table for translators"),
      get(edition + "/texts", askTexts).needs(kEdit).at(editionScope()).described("Form for a table of texts"),
      post(edition + "/texts", importTexts)
          .needs(kEdit).at(editionScope()).rate(RateClass::write).accepts(kLargestTable)
          .described("Puts texts of a table into a draft"),
  });
}

// ---- decks: API ----

void registerApi(Registry& registry) {
  view::addSchemas(registry);
  const std::string decks = "/api/v1/trendcards/decks", edition = "/api/v1/trendcards/editions/{edition}";
  registry.routes({
      get(decks, apiDecks).anyone().paged("TrendcardsDeck").described("Decks of cards that everybody may read, by id"),
      get(decks + "/{deck}", apiDeck).anyone().at(deckScope()).answers("TrendcardsDeck").described("A deck with its editions"),
      get(edition, apiEdition).anyone().at(editionScope()).answers("TrendcardsEdition").described("An edition with its cards"),
      post(decks, apiAddDeck)
          .needs(kEdit).anywhere().rate(RateClass::write).takes("TrendcardsDeckNew").creates("TrendcardsDeck")
          .described("Makes a deck with an empty draft"),
      post(edition + "/cards", apiAddCard)
          .needs(kEdit).at(editionScope()).rate(RateClass::write).takes("TrendcardsCardNew").creates("TrendcardsCard")
          .described("Adds a card to a draft"),
      patch("/api/v1/trendcards/cards/{card}", apiSaveCard)
          .needs(kEdit).at(cardScope()).rate(RateClass::write).takes("TrendcardsCardChange").answers("TrendcardsCard")
          .described("Changes a card of a draft; what is left out stays"),
      post(edition + "/publish", apiPublish)
          .needs(kEdit).at(editionScope()).rate(RateClass::write).answers("TrendcardsEdition").described("Publishes a draft"),
  });
}

void registerTrendcards(Registry& registry) {
  registerReading(registry);
  registerEditing(registry);
  registerTransfer(registry);
  registerApi(registry);
  registry.demo(loadDemo);
}

}  // namespace

}  // namespace toimela::trendcards

TOIMELA_PLUGIN("trendcards", "0.1.0", toimela::trendcards::registerTrendcards)
