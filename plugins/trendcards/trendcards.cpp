// Everything that the plugin offers, in one list. Each area registers in a block of its own.
#include "trendcards.h"

#include <memory>

#include "domain/png.h"
#include "exchange/zip.h"
#include "handlers/api.h"
#include "handlers/cards_api.h"
#include "handlers/clearing.h"
#include "handlers/collections.h"
#include "handlers/collections_api.h"
#include "handlers/decks.h"
#include "handlers/decks_api.h"
#include "handlers/demo.h"
#include "handlers/editing.h"
#include "handlers/needs.h"
#include "handlers/ordering.h"
#include "handlers/orders_api.h"
#include "handlers/printing.h"
#include "handlers/results.h"
#include "handlers/results_demo.h"
#include "handlers/search.h"
#include "handlers/session_api.h"
#include "handlers/session_demo.h"
#include "handlers/session_personal_data.h"
#include "handlers/sessions.h"
#include "handlers/stock.h"
#include "handlers/taking_part.h"
#include "handlers/transfer.h"
#include "handlers/waiting.h"
#include "handlers/yearly.h"
#include "operations/workshops.h"
#include "store/orders.h"
#include "store/scope.h"
#include "store/sessions.h"
#include "toimela/guests.h"
#include "toimela/plugin.h"
#include "toimela/registry.h"
#include "view/json.h"
#include "view/order_letters.h"
#include "view/result_schemas.h"
#include "view/session_json.h"

namespace toimela::trendcards {

namespace {

using namespace handlers;
using store::cardScope;
using store::deckScope;
using store::editionScope;
using store::orderScope;
using store::stockScope;

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
      post("/trendcards/collections/{collection}/share", shareCollection)
          .signedIn().rate(RateClass::write).described("Makes the link of a collection, or ends it"),
      post("/trendcards/collections/{collection}/cards", arrangeCollection)
          .signedIn().rate(RateClass::write).described("Moves or removes a card of a collection"),
      post("/trendcards/collections/{collection}/remove", removeCollection)
          .signedIn().rate(RateClass::write).described("Removes a collection"),
      post("/trendcards/collections/{collection}/restore", restoreCollection)
          .signedIn().rate(RateClass::write).described("Undoes the removal of a collection, for who removed it just now"),
      post("/trendcards/cards/{card}/collect", collectCard)
          .signedIn().at(cardScope()).rate(RateClass::write).described("Puts a card into a collection"),
      get("/trendcards/shared/{key}", showShared).anyone().described("A collection that was shared by its link"),
  });
  registry.navigation({.path = "/trendcards", .labelKey = "trendcards.navigation", .order = 40});
  registry.navigation({.path = "/regions/{region}/trendcards", .labelKey = "trendcards.navigation", .order = 40});
  registry.tile({Tile::Place::nation, "tile_decks", handlers::fillTile, 40});
  registry.tile({Tile::Place::region, "tile_decks", handlers::fillTile, 40});
  registry.personalData(personalData());
  registry.demo(loadDemo);
  registerSearch(registry);
}

// ---- results of sessions, and the needs map ----

void registerResults(Registry& registry, const std::shared_ptr<Reckonings>& reckonings) {
  registry.routes({
      get("/trendcards/sessions/{session}/results", reckoningWith(reckonings, showResult))
          .needs(kFacilitate).at(store::sessionScope())
          .described("What came of a session; format=pdf, xlsx, md or json as a file"),
      get("/trendcards/results/{key}", reckoningWith(reckonings, showSharedResult))
          .anyone().described("What came of a session, by the link that its facilitator shares"),
      get("/regions/{region}/trendcards/results", listResults)
          .needs(kFacilitate).described("Sessions of a region that are over, with their results"),
      post("/trendcards/sessions/{session}/results/share", shareResult)
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Makes the link by which participants see the result"),
      post("/trendcards/sessions/{session}/results/unshare", unshareResult)
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Ends the link to a result"),
      post("/trendcards/sessions/{session}/results/attach", reckoningWith(reckonings, attachResult))
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Puts a result among the materials of an event"),
      post("/trendcards/sessions/{session}/results/deposit", reckoningWith(reckonings, depositResult))
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Hands a result to the archive as a draft"),
      post("/trendcards/sessions/{session}/results/withdraw", withdrawResult)
          .needs(kFacilitate).at(store::sessionScope()).rate(RateClass::write)
          .described("Takes a session out of the needs map for good"),
      get("/trendcards/needs", showNeeds)
          .anyone().cached().described("Which trends matter where, over sessions that allowed it"),

      get("/api/v1/trendcards/sessions/{session}/result", reckoningWith(reckonings, apiResult))
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
  report::offer<"trendcards">(registry, 40, yearlyReport);
}

// ---- decks: printing ----

void registerPrinting(Registry& registry) {
  const auto prints = std::make_shared<Prints>();
  registry.routes({
      get("/trendcards/{deck}/print", showPrint)
          .anyone().at(deckScope()).described("Chooses how a deck is printed"),
      get("/trendcards/{deck}/print.pdf",
          [prints](const Request& request, Host& host) { return printDeck(request, host, *prints); })
          .anyone().at(deckScope()).described("Cards of a deck as PDF, on sheets or one by one"),
      get("/trendcards/collections/{collection}/print", showCollectionPrint)
          .signedIn().described("Chooses how a collection of one's own is printed"),
      get("/trendcards/collections/{collection}/print.pdf",
          [prints](const Request& request, Host& host) { return printCollection(request, host, *prints); })
          .signedIn().described("Cards of a collection as PDF, on sheets or one by one"),
  });
}

// ---- orders of printed decks ----

void registerOrders(Registry& registry) {
  const std::string own = "/trendcards/orders/{order}/{token}";
  registry.routes({
      get("/trendcards/{deck}/order", showOrderForm)
          .anyone().at(deckScope()).described("Form for ordering a printed deck"),
      post("/trendcards/{deck}/order", submitOrder)
          .anyone().at(deckScope()).rate(RateClass::write).described("Orders a printed deck"),
      get("/trendcards/{deck}/ordered", showPlaced)
          .anyone().at(deckScope()).described("What to do after ordering without an account"),
      // A private link says itself who may: the handlers compare its mark.
      get(own, showOwnOrder).anyone().at(orderScope()).described("An order, by the private link of who ordered"),
      post(own + "/confirm", confirmOwnOrder)
          .anyone().at(orderScope()).rate(RateClass::write).described("Confirms the address of an order"),
      post(own + "/cancel", cancelOwnOrder)
          .anyone().at(orderScope()).rate(RateClass::write).described("Cancels an order that is not sent"),
      get("/account/trendcards", listOwnOrders)
          .signedIn().described("Orders of oneself and one's organisations"),

      get("/trendcards/orders", listOrders)
          .needs(kStock).anywhere().described("Orders to the stocks that one holds, and the stocks"),
      get("/trendcards/orders/figures", showOrderFigures)
          .needs(kStock).anywhere().described("Where printed decks went; format=xlsx as a file"),
      get("/trendcards/orders/{order}", showOrder)
          .needs(kStock).at(orderScope()).described("One order"),
      post("/trendcards/orders/{order}/advance", advanceOrder)
          .needs(kStock).at(orderScope()).rate(RateClass::write).described("Accepts, sends or declines an order"),
      post("/trendcards/orders/{order}/edit", editOrder)
          .needs(kStock).at(orderScope()).rate(RateClass::write).described("Changes an order that is not sent"),
      get("/trendcards/stock/new", newStock)
          .needs(kStock).anywhere().described("Form for a stock of printed decks"),
      post("/trendcards/stock/new", handlers::addStock)
          .needs(kStock).anywhere().rate(RateClass::write).described("Adds a stock of printed decks"),
      get("/trendcards/stock/{stock}/edit", editStock)
          .needs(kStock).at(stockScope()).described("Form of a stock"),
      post("/trendcards/stock/{stock}/edit", handlers::saveStock)
          .needs(kStock).at(stockScope()).rate(RateClass::write).described("Saves a stock, adds decks to it or takes them off"),

      get("/api/v1/trendcards/stock", apiStocks)
          .anyone().cached().paged("TrendcardsStock").described("Printed decks that can be ordered, by id"),
      post("/api/v1/trendcards/stock/{stock}/orders", apiPlaceOrder)
          .signedIn().at(stockScope()).rate(RateClass::write).takes("TrendcardsOrderNew").creates("TrendcardsOrder")
          .described("Orders printed decks for an organisation; Idempotency-Key makes a repetition safe"),
      get("/api/v1/trendcards/orders", apiOrders)
          .needs(kStock).anywhere().paged("TrendcardsOrder").described("Orders to the stocks that one holds, by id"),
      get("/api/v1/trendcards/orders/{order}", apiOrder)
          .needs(kStock).at(orderScope()).orOwner().answers("TrendcardsOrder").described("One order"),
      post("/api/v1/trendcards/orders/{order}/advance", apiAdvanceOrder)
          .needs(kStock).at(orderScope()).rate(RateClass::write).takes("TrendcardsOrderStep").answers("TrendcardsOrder")
          .described("Accepts, sends or declines an order"),
  });
  registry.navigation({.path = "/account/trendcards", .labelKey = "trendcards.order.own.mine", .order = 15});
  registry.navigation({.path = "/trendcards/orders", .labelKey = "trendcards.orders.navigation", .permission = kStock, .order = 41});
  for (Letter& letter : view::orderLetters()) registry.letter(std::move(letter));
  registry.job(orderKeeping());
  registry.personalData(orderData());
  addOrderSchemas(registry);
}

// ---- card sessions ----

void registerSessions(Registry& registry, const std::shared_ptr<Reckonings>& reckonings) {
  using store::sessionScope;
  registry.routes({
      get("/regions/{region}/trendcards/sessions", listSessions)
          .needs(kFacilitate).described("Card sessions of a region"),
      get("/trendcards/sessions/new", newSession)
          .needs(kFacilitate).anywhere().described("Form for a card session with an edition"),
      post("/trendcards/sessions/new", addSession)
          .needs(kFacilitate).anywhere().rate(RateClass::write).described("Begins a card session"),
      get("/trendcards/sessions/{session}", reckoningWith(reckonings, showSession))
          .needs(kFacilitate).at(sessionScope()).described("A card session as its facilitator sees it"),
      get("/trendcards/sessions/{session}/screen", reckoningWith(reckonings, showScreen))
          .needs(kFacilitate).at(sessionScope()).described("A card session for the room's screen"),
      get("/trendcards/sessions/{session}/events", roomEvents)
          .needs(kFacilitate).at(sessionScope()).described("Every answer of a card session as a server-sent event"),
      post("/trendcards/sessions/{session}/phase", movePhase)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Takes a card session to a phase"),
      post("/trendcards/sessions/{session}/timer", setTimer)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Starts, extends or stops the timer"),
      post("/trendcards/sessions/{session}/ceiling", handlers::setCeiling)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Lets more or fewer people in"),
      post("/trendcards/sessions/{session}/free-seats", handlers::freeSeats)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write)
          .described("Takes out those who have given nothing"),
      post("/trendcards/sessions/{session}/end", endSession)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Ends a card session and its code"),
      post("/trendcards/sessions/{session}/notes", reckoningWith(reckonings, addNote))
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Adds a note of the discussion"),
      post("/trendcards/sessions/{session}/texts/{contribution}/remove", takeAway)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Takes a text away"),
      post("/trendcards/sessions/{session}/texts/{contribution}/restore", handlers::giveBack)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write)
          .described("Gives back a text, for who took it away just now"),
  });
  // A code says itself who may come in, and the guest's mark who is in: the handlers look for both. A
  // room shares one address, so wrong codes are counted there instead of every request.
  registry.routes({
      guests::manyFromOneAddress(
          get("/trendcards/join", askCode).anyone().described("Form for the code of a card session")),
      guests::manyFromOneAddress(get("/t/{code}", reckoningWith(reckonings, takePart))
          .anyone().described("A card session for participants, or the way in")),
      guests::manyFromOneAddress(post("/trendcards/join/{code}", joinSession)
          .anyone().rate(RateClass::write).described("Comes into a card session")),
      guests::manyFromOneAddress(post("/trendcards/join/{code}/answers", reckoningWith(reckonings, answer))
          .anyone().rate(RateClass::write).described("Gives, changes or withdraws an answer; 410 once the session has ended")),
      guests::manyFromOneAddress(get("/trendcards/join/{code}/events", participantEvents)
          .anyone().described("Phase and timer of a card session as server-sent events")),
      guests::manyFromOneAddress(get("/trendcards/join/{code}/state", participantState)
          .anyone().described("Phase and timer of a card session as JSON")),
  });
  view::addSessionSchemas(registry);
  registry.routes({
      get("/api/v1/trendcards/sessions", apiSessions)
          .needs(kFacilitate).anywhere().paged("TrendcardsSession")
          .described("Card sessions of the regions where one leads, by id"),
      post("/api/v1/trendcards/sessions", apiAddSession)
          .needs(kFacilitate).anywhere().rate(RateClass::write)
          .takes("TrendcardsSessionNew").creates("TrendcardsSession")
          .described("Begins a card session; Idempotency-Key makes a repetition safe"),
      get("/api/v1/trendcards/sessions/{session}", apiSession)
          .needs(kFacilitate).at(sessionScope()).answers("TrendcardsSession").described("One card session"),
      post("/api/v1/trendcards/sessions/{session}/phase", apiMovePhase)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write)
          .takes("TrendcardsPhase").answers("TrendcardsSession")
          .described("Takes a card session to a phase; 410 once it has ended, like all that leads it"),
      post("/api/v1/trendcards/sessions/{session}/timer", apiSetTimer)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write)
          .takes("TrendcardsTimer").answers("TrendcardsSession").described("Starts, extends or stops the timer"),
      post("/api/v1/trendcards/sessions/{session}/ceiling", apiSetCeiling)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write)
          .takes("TrendcardsCeiling").answers("TrendcardsSession").described("Lets more or fewer people in"),
      post("/api/v1/trendcards/sessions/{session}/free-seats", apiFreeSeats)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write)
          .answers("TrendcardsSession").described("Takes out those who have given nothing; they may come in again"),
      post("/api/v1/trendcards/sessions/{session}/end", apiEndSession)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write)
          .answers("TrendcardsSession").described("Ends a card session and its code"),
      guests::manyFromOneAddress(get("/api/v1/trendcards/join/{token}", apiTakingPart)
          .anyone().answers("TrendcardsParticipant")
          .described("A card session for the participant whose token comes as Toimela-Guest")),
      // The token is the session's code. These carry no cookie: who takes part is known by a header alone.
      guests::manyFromOneAddress(post("/api/v1/trendcards/join/{token}", apiJoin)
          .anyone().withoutCsrf().rate(RateClass::write)
          .takes("TrendcardsArrival").answers("TrendcardsParticipant")
          .described("Comes into a card session; Idempotency-Key makes a repetition safe; 410 once it has ended")),
      guests::manyFromOneAddress(post("/api/v1/trendcards/answers/{token}", apiAnswer)
          .anyone().withoutCsrf().rate(RateClass::write)
          .takes("TrendcardsAnswer").answers("TrendcardsParticipant")
          .described("Gives, changes or withdraws an answer; 410 once the session has ended")),
  });
  registry.navigation({.path = "/regions/{region}/trendcards/sessions", .labelKey = "trendcards.session.navigation",
                       .permission = kFacilitate, .order = 41});
  registry.tile({Tile::Place::dashboard, "tile_work", fillWorkTile, 25});
  registry.provide<Workshops>(std::make_shared<operations::CardWorkshops>());
  registry.personalData(sessionData());
  registry.job({"forget_nicknames", std::chrono::hours(6),
                [](Host& host, const JobTurn&) { handlers::forgetNicknames(host); }});
  registry.job(handlers::clearing());
}

// ---- decks: editing ----

void registerEditing(Registry& registry) {
  constexpr std::uint64_t kLargestCard = 3 * 1024 * 1024;
  const std::string region = "/regions/{region}", work = "/trendcards/work", fresh = "/trendcards/new";
  const std::string deck = "/trendcards/{deck}", edition = "/trendcards/editions/{edition}", card = "/trendcards/cards/{card}";
  registry.routes({
      get(work, listWork).needs(kEdit).described("The nation's decks with their drafts"),
      get(region + work, listWork).needs(kEdit).described("Decks of a region with their drafts"),
      get(fresh, newDeck).needs(kEdit).described("Form for a national deck"),
      post(fresh, addDeck).needs(kEdit).rate(RateClass::write).described("Makes a national deck"),
      get(region + fresh, newDeck).needs(kEdit).described("Form for a deck of a region"),
      post(region + fresh, addDeck).needs(kEdit).rate(RateClass::write).described("Makes a deck of a region"),

      get(deck + "/work", workOnDeck).needs(kEdit).at(deckScope()).described("A deck with all its editions"),
      get(deck + "/edit", editDeck).needs(kEdit).at(deckScope()).described("Form of a deck: key, licence, themes"),
      post(deck + "/edit", saveDeck).needs(kEdit).at(deckScope()).rate(RateClass::write).described("Saves a deck"),
      get(deck + "/remove", askRemoveDeck).needs(kEdit).at(deckScope()).described("Asks before a deck is removed"),
      post(deck + "/remove", removeDeck).needs(kEdit).at(deckScope()).rate(RateClass::write).described("Removes a deck that was never published"),
      post(deck + "/restore", restoreDeck).needs(kEdit).at(deckScope()).rate(RateClass::write)
          .described("Undoes the removal of a deck, for who removed it just now"),
      post(deck + "/put-aside", putDeckAside).needs(kEdit).at(deckScope()).rate(RateClass::write).described("Takes a deck off the lists"),
      post(deck + "/take-back", takeDeckBack).needs(kEdit).at(deckScope()).rate(RateClass::write).described("Puts a deck on the lists again"),
      get(deck + "/copy", askCopyDeck).needs(kEdit).anywhere().described("Form for copying a deck to a place of one's own"),
      post(deck + "/copy", copyDeck)
          .needs(kEdit).anywhere().rate(RateClass::write).described("Copies a deck"),
      get(deck + "/editions/new", newEdition).needs(kEdit).at(deckScope()).described("Form for one more language"),
      post(deck + "/editions/new", addEdition).needs(kEdit).at(deckScope()).rate(RateClass::write).described("Adds a draft of one more language"),

      get(edition, workOnEdition).needs(kEdit).at(editionScope()).described("An edition with its cards, for its editors"),
      get(edition + "/edit", editEdition).needs(kEdit).at(editionScope()).described("Form of a draft: title, introduction, names of themes"),
      post(edition + "/edit", saveEdition).needs(kEdit).at(editionScope()).rate(RateClass::write).described("Saves a draft"),
      post(edition + "/publish", publishEdition).needs(kEdit).at(editionScope()).rate(RateClass::write).described("Publishes a draft"),
      post(edition + "/version", addVersion).needs(kEdit).at(editionScope()).rate(RateClass::write).described("Makes a draft of the next version"),
      get(edition + "/remove", askRemoveEdition).needs(kEdit).at(editionScope()).described("Asks before a draft is removed"),
      post(edition + "/remove", removeEdition).needs(kEdit).at(editionScope()).rate(RateClass::write).described("Removes a draft"),
      post(edition + "/restore", restoreEdition).needs(kEdit).at(editionScope()).rate(RateClass::write)
          .described("Undoes the removal of a draft, for who removed it just now"),

      get(edition + "/cards/new", newCard).needs(kEdit).at(editionScope()).described("Form for a card"),
      post(edition + "/cards/new", addCard).needs(kEdit).at(editionScope())
          .rate(RateClass::write).accepts(kLargestCard).described("Adds a card to a draft"),
      post(edition + "/preview", previewCard).needs(kEdit).at(editionScope()).accepts(kLargestCard).described("Shows a card as it is typed"),
      get(card + "/edit", editCard).needs(kEdit).at(cardScope()).described("Form of a card"),
      post(card + "/edit", saveCard).needs(kEdit).at(cardScope()).rate(RateClass::write).accepts(kLargestCard).described("Saves a card"),
      get(card + "/remove", askRemoveCard).needs(kEdit).at(cardScope()).described("Asks before a card is removed"),
      post(card + "/remove", removeCard).needs(kEdit).at(cardScope()).rate(RateClass::write).described("Removes a card of a draft"),
      post(card + "/restore", restoreCard).needs(kEdit).at(cardScope()).rate(RateClass::write)
          .described("Undoes the removal of a card, for who removed it just now"),
      post(card + "/picture/restore", restorePicture).needs(kEdit).at(cardScope()).rate(RateClass::write)
          .described("Gives a card back the picture that was removed or replaced, for who did it just now"),
      post(card + "/move", moveCard).needs(kEdit).at(cardScope()).rate(RateClass::write).described("Gives a card another number"),
  });
}

// ---- decks: in and out ----

void registerTransfer(Registry& registry) {
  constexpr std::uint64_t kLargestPackage = exchange::kLargestZip + 64 * 1024, kLargestTable = 3 * 1024 * 1024;
  const std::string import = "/trendcards/import", region = "/regions/{region}", edition = "/trendcards/editions/{edition}";
  const auto parcels = std::make_shared<Parcels>();
  registry.routes({
      get("/trendcards/{deck}/export",
          [parcels](const Request& request, Host& host) { return exportDeck(request, host, *parcels); })
          .anyone().at(deckScope()).described("A whole deck as a ZIP file"),
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
  // More than a picture may weigh, so that a heavier one is told so.
  constexpr std::uint64_t kLargestPicture = kHeaviestPicture + 1024 * 1024;
  const std::string api = "/api/v1/trendcards", decks = api + "/decks", deck = decks + "/{deck}";
  const std::string edition = api + "/editions/{edition}", card = api + "/cards/{card}";
  view::addSchemas(registry);
  registry.routes({
      get(decks, apiDecks).anyone().paged("TrendcardsDeck").described("Decks of cards that everybody may read, by id"),
      get(deck, apiDeck).anyone().at(deckScope()).answers("TrendcardsDeck").described("A deck with its editions"),
      get(edition, apiEdition).anyone().at(editionScope()).answers("TrendcardsEdition").described("An edition with its cards"),

      post(decks, apiAddDeck)
          .needs(kEdit).anywhere().rate(RateClass::write).takes("TrendcardsDeckNew").creates("TrendcardsDeck")
          .described("Makes a deck with an empty draft"),
      patch(deck, apiChangeDeck)
          .needs(kEdit).at(deckScope()).rate(RateClass::write).takes("TrendcardsDeckChange").answers("TrendcardsDeck")
          .described("Changes key, licence and themes of a deck, puts it aside or takes it back; what is left out stays"),
      del(deck, apiRemoveDeck)
          .needs(kEdit).at(deckScope()).rate(RateClass::write).described("Removes a deck that was never published"),
      post(deck + "/copies", apiCopyDeck)
          .needs(kEdit).anywhere().rate(RateClass::write).takes("TrendcardsDeckCopy").creates("TrendcardsDeck")
          .described("Copies what is published of a deck to a region or the nation, as drafts"),
      post(deck + "/editions", apiAddEdition)
          .needs(kEdit).at(deckScope()).rate(RateClass::write).takes("TrendcardsEditionNew").creates("TrendcardsEdition")
          .described("Adds a draft of one more language, empty or with the cards of another to be translated"),

      patch(edition, apiChangeEdition)
          .needs(kEdit).at(editionScope()).rate(RateClass::write).takes("TrendcardsEditionChange").answers("TrendcardsEdition")
          .described("Changes title, introduction and names of themes of a draft; what is left out stays"),
      del(edition, apiRemoveEdition)
          .needs(kEdit).at(editionScope()).rate(RateClass::write).described("Removes a draft"),
      post(edition + "/versions", apiAddVersion)
          .needs(kEdit).at(editionScope()).rate(RateClass::write).answers("TrendcardsEdition")
          .described("Makes a draft of the next version of a published edition, or answers the one that is there"),
      post(edition + "/publish", apiPublish)
          .needs(kEdit).at(editionScope()).rate(RateClass::write).answers("TrendcardsEdition").described("Publishes a draft"),
      post(edition + "/cards", apiAddCard)
          .needs(kEdit).at(editionScope()).rate(RateClass::write).takes("TrendcardsCardNew").creates("TrendcardsCard")
          .described("Adds a card to a draft"),

      patch(card, apiSaveCard)
          .needs(kEdit).at(cardScope()).rate(RateClass::write).takes("TrendcardsCardChange").answers("TrendcardsCard")
          .described("Changes a card of a draft, or moves it to another number; what is left out stays"),
      del(card, apiRemoveCard)
          .needs(kEdit).at(cardScope()).rate(RateClass::write).described("Removes a card of a draft; the others close up"),
      put(card + "/picture", apiSetPicture)
          .needs(kEdit).at(cardScope()).rate(RateClass::write).accepts(kLargestPicture)
          .reads("alternative", "what the picture shows; may be left out when the card says it already")
          .takes("TrendcardsPicture").answers("TrendcardsCard").described("Gives a card of a draft its picture"),
      del(card + "/picture", apiRemovePicture)
          .needs(kEdit).at(cardScope()).rate(RateClass::write).described("Removes the picture of a card, and what it says of it"),
  });
  const std::string collections = api + "/collections", collection = collections + "/{collection}";
  registry.routes({
      get(collections, apiCollections)
          .signedIn().paged("TrendcardsCollection").described("One's own collections of cards, by id"),
      post(collections, apiAddCollection)
          .signedIn().rate(RateClass::write).takes("TrendcardsCollectionNew").creates("TrendcardsCollection")
          .described("Adds a collection of one's own"),
      get(collection, apiCollection).signedIn().answers("TrendcardsCollection").described("A collection of one's own"),
      patch(collection, apiChangeCollection)
          .signedIn().rate(RateClass::write).takes("TrendcardsCollectionChange").answers("TrendcardsCollection")
          .described("Names a collection, says which cards it has in which order, makes or ends its link"),
      del(collection, apiRemoveCollection).signedIn().rate(RateClass::write).described("Removes a collection of one's own"),
  });
}

void registerTrendcards(Registry& registry) {
  registerReading(registry);
  // Leading, taking part and results show the same.
  const auto reckonings = std::make_shared<Reckonings>();
  registerResults(registry, reckonings);
  registerPrinting(registry);
  registerOrders(registry);
  registerSessions(registry, reckonings);
  registerEditing(registry);
  registerTransfer(registry);
  registerApi(registry);
  // After the decks, with which they are held.
  registry.demo(loadSessionDemo);
}

}  // namespace

}  // namespace toimela::trendcards

TOIMELA_PLUGIN("trendcards", "0.1.0", toimela::trendcards::registerTrendcards)
