// Everything that the plugin offers, in one list. Each area registers in a block of its own.
#include "trendcards.h"

#include "handlers/decks.h"
#include "handlers/session_api.h"
#include "handlers/session_demo.h"
#include "handlers/session_personal_data.h"
#include "handlers/sessions.h"
#include "handlers/taking_part.h"
#include "store/scope.h"
#include "store/sessions.h"
#include "toimela/plugin.h"
#include "toimela/registry.h"
#include "view/session_json.h"

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

// ---- card sessions ----

void registerSessions(Registry& registry) {
  using store::sessionScope;
  registry.routes({
      get("/regions/{region}/trendcards/sessions", listSessions)
          .needs(kFacilitate).described("Card sessions of a region"),
      get("/trendcards/sessions/new", newSession)
          .needs(kFacilitate).anywhere().described("Form for a card session with an edition"),
      post("/trendcards/sessions/new", addSession)
          .needs(kFacilitate).anywhere().rate(RateClass::write).described("Begins a card session"),
      get("/trendcards/sessions/{session}", showSession)
          .needs(kFacilitate).at(sessionScope()).described("A card session as its facilitator sees it"),
      get("/trendcards/sessions/{session}/screen", showScreen)
          .needs(kFacilitate).at(sessionScope()).described("A card session for the room's screen"),
      get("/trendcards/sessions/{session}/events", roomEvents)
          .needs(kFacilitate).at(sessionScope()).described("Every answer of a card session as a server-sent event"),
      post("/trendcards/sessions/{session}/phase", movePhase)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Takes a card session to a phase"),
      post("/trendcards/sessions/{session}/timer", setTimer)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Starts, extends or stops the timer"),
      post("/trendcards/sessions/{session}/end", endSession)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Ends a card session and its code"),
      post("/trendcards/sessions/{session}/notes", addNote)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Adds a note of the discussion"),
      post("/trendcards/sessions/{session}/texts/{contribution}/remove", takeAway)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write).described("Takes a text away"),
  });
  // A code says itself who may come in, and the guest's mark who is in: the handlers look for both. A
  // room shares one address, so wrong codes are counted there instead of every request.
  registry.routes({
      get("/trendcards/join", askCode).anyone().described("Form for the code of a card session"),
      get("/t/{code}", takePart).anyone().described("A card session for participants, or the way in"),
      post("/trendcards/join/{code}", joinSession)
          .anyone().rate(RateClass::write).described("Comes into a card session"),
      post("/trendcards/join/{code}/answers", answer)
          .anyone().rate(RateClass::write).described("Gives, changes or withdraws an answer"),
      get("/trendcards/join/{code}/events", participantEvents)
          .anyone().described("Phase and timer of a card session as server-sent events"),
      get("/trendcards/join/{code}/state", participantState)
          .anyone().described("Phase and timer of a card session as JSON"),
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
          .takes("TrendcardsPhase").answers("TrendcardsSession").described("Takes a card session to a phase"),
      post("/api/v1/trendcards/sessions/{session}/timer", apiSetTimer)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write)
          .takes("TrendcardsTimer").answers("TrendcardsSession").described("Starts, extends or stops the timer"),
      post("/api/v1/trendcards/sessions/{session}/end", apiEndSession)
          .needs(kFacilitate).at(sessionScope()).rate(RateClass::write)
          .answers("TrendcardsSession").described("Ends a card session and its code"),
      get("/api/v1/trendcards/join/{token}", apiTakingPart)
          .anyone().answers("TrendcardsParticipant")
          .described("A card session for the participant whose token comes as Toimela-Guest"),
      // The token is the session's code. These carry no cookie: who takes part is known by a header alone.
      post("/api/v1/trendcards/join/{token}", apiJoin)
          .anyone().withoutCsrf().rate(RateClass::write)
          .takes("TrendcardsArrival").answers("TrendcardsParticipant")
          .described("Comes into a card session; Idempotency-Key makes a repetition safe"),
      post("/api/v1/trendcards/answers/{token}", apiAnswer)
          .anyone().withoutCsrf().rate(RateClass::write)
          .takes("TrendcardsAnswer").answers("TrendcardsParticipant")
          .described("Gives, changes or withdraws an answer"),
  });
  registry.navigation({.path = "/regions/{region}/trendcards/sessions", .labelKey = "trendcards.session.navigation",
                       .permission = kFacilitate, .order = 41});
  registry.personalData(sessionData());
  registry.job({"forget_nicknames", std::chrono::hours(6),
                [](Host& host, const std::vector<RegionCode>&) { handlers::forgetNicknames(host); }});
}

void registerTrendcards(Registry& registry) {
  registerReading(registry);
  registerSessions(registry);
  // After the decks, with which they are held.
  registry.demo(loadSessionDemo);
}

}  // namespace

}  // namespace toimela::trendcards

TOIMELA_PLUGIN("trendcards", "0.1.0", toimela::trendcards::registerTrendcards)
