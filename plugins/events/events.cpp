// Everything that the plugin offers, in one list.
#include "events.h"

#include <memory>

#include "handlers/api.h"
#include "handlers/demo.h"
#include "handlers/feeds.h"
#include "handlers/lapsing.h"
#include "handlers/mailings.h"
#include "handlers/own_events.h"
#include "handlers/own_registration.h"
#include "handlers/personal_data.h"
#include "handlers/registering.h"
#include "handlers/visiting.h"
#include "operations/desk.h"
#include "operations/letters.h"
#include "store/scope.h"
#include "toimela/plugin.h"
#include "view/again_letter.h"
#include "view/json.h"
#include "view/letters.h"

namespace toimela::events {

namespace {

using namespace handlers;
using store::eventScope;
using store::registrationScope;

void registerPermissions(Registry& registry) {
  registry.permissions({
      {kOrganise,
       {Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson},
       "events.permission.organise"},
  });
}

/// What visitors and organisations do: find, register, change, cancel.
void registerVisiting(Registry& registry, const std::shared_ptr<operations::Desk>& desk) {
  const auto submit = [desk](const Request& request, Host& host) {
    return handlers::submitRegister(request, host, *desk);
  };
  registry.routes({
      get("/events", handlers::listEvents)
          .anyone().cached().described("Events of the whole country"),
      get("/regions/{region}/events", handlers::listRegionEvents)
          .anyone().cached().described("Events of a region"),
      get("/events/{event}", handlers::showEvent)
          .anyone().at(eventScope()).described("One event with its programme"),
      get("/events/{event}/register", handlers::showRegister)
          .anyone().at(eventScope()).described("Form for registering"),
      post("/events/{event}/register", submit)
          .anyone().at(eventScope()).rate(RateClass::write).described("Registers people"),
      get("/events/{event}/registered", handlers::showRegistered)
          .anyone().at(eventScope()).described("What to do after registering without an account"),
  });
  // A private link says itself who may: the handlers compare its mark.
  const std::string own = "/events/registrations/{registration}/{token}";
  registry.routes({
      get(own, handlers::showRegistration)
          .anyone().at(registrationScope()).described("One's own registration"),
      post(own + "/confirm", handlers::confirmRegistration)
          .anyone().at(registrationScope()).rate(RateClass::write)
          .described("Confirms the address of a registration"),
      get(own + "/cancel", handlers::askCancel)
          .anyone().at(registrationScope()).described("Asks before cancelling"),
      post(own + "/cancel", handlers::cancelPlaces)
          .anyone().at(registrationScope()).rate(RateClass::write)
          .described("Cancels a place, or all of a registration"),
      get(own + "/participants/{participant}", handlers::editParticipant)
          .anyone().at(registrationScope()).described("Form of a participant"),
      post(own + "/participants/{participant}", handlers::saveParticipant)
          .anyone().at(registrationScope()).rate(RateClass::write)
          .described("Saves a participant, or names who comes to a held place"),
      post(own + "/participants/{participant}/accept", handlers::acceptPlace)
          .anyone().at(registrationScope()).rate(RateClass::write)
          .described("Accepts a place that is offered"),
      get("/account/events", handlers::showOwnEvents)
          .signedIn().described("Registrations of oneself and one's organisations"),
  });
  registry.navigation({.path = "/events", .labelKey = "events.navigation", .order = 10});
  registry.navigation(
      {.path = "/regions/{region}/events", .labelKey = "events.navigation", .order = 10});
  registry.tile({Tile::Place::nation, "tile_events", handlers::fillNationTile, 10});
  registry.tile({Tile::Place::region, "tile_events", handlers::fillRegionTile, 10});
  registry.tile({Tile::Place::dashboard, "tile_own", handlers::fillOwnTile, 5});
  registry.search(handlers::eventSearch());
  registry.letter({std::string(operations::kAgain), view::againLetter});
  registry.job(handlers::lapsing());
  registry.personalData(handlers::registrationData());
}

/// What organisers do: events, programme, participants, the day itself.
void registerOrganising(Registry&) {}

/// Letters, calendars and feeds.
void registerCalendars(Registry& registry) {
  for (Letter& letter : view::letters()) registry.letter(std::move(letter));
  registry.job({"remind", std::chrono::minutes(30), handlers::remindOfEvents});
  registry.personalData(handlers::feedData());
  registry.routes({
      get("/events/calendar.ics", nationCalendar)
          .anyone().cached().described("Calendar of events of the whole country"),
      get("/regions/{region}/events/calendar.ics", regionCalendar)
          .anyone().cached().described("Calendar of events of a region"),
      get("/events/{event}/calendar.ics", eventCalendar)
          .anyone().at(eventScope()).described("One event as a calendar file"),
      get("/events/atom.xml", nationAtom)
          .anyone().cached().described("Atom feed of new events of the whole country"),
      get("/regions/{region}/events/atom.xml", regionAtom)
          .anyone().cached().described("Atom feed of new events of a region"),
      get("/events/embed", embeddedEvents)
          .anyone().cached().described("Coming events as a list for frames of other sites"),
      get("/events/feed", showOwnFeed).signedIn().described("Address of one's own calendar"),
      post("/events/feed/renew", renewOwnFeed)
          .signedIn().rate(RateClass::write).described("Makes the address of one's own calendar anew"),
      post("/events/feed/remove", removeOwnFeed)
          .signedIn().rate(RateClass::write).described("Removes the address of one's own calendar"),
      get("/events/feed/{person}/{token}", handlers::ownCalendar)
          .anyone().described("A person's own calendar, by its secret address"),
  });
}

/// Figures, feedback and the report over events.
void registerFigures(Registry&) {}

/// The same for programs.
void registerApi(Registry& registry, const std::shared_ptr<operations::Desk>& desk) {
  view::addSchemas(registry);
  registry.routes({
      get("/api/v1/events", apiEvents)
          .anyone().cached().paged("EventsSummary").described("Events that everybody may see, by id"),
      get("/api/v1/events/{event}", apiEvent)
          .anyone().at(eventScope()).cached().answers("EventsEvent").described("One event"),
      get("/api/v1/events/{event}/sessions", apiSessions)
          .anyone().at(eventScope()).cached().paged("EventsSession")
          .described("The programme of an event"),
      post("/api/v1/events/{event}/registrations",
           [desk](const Request& request, Host& host) { return apiRegister(request, host, *desk); })
          .signedIn().at(eventScope()).rate(RateClass::write)
          .takes("EventsRegistrationNew").creates("EventsRegistration")
          .described("Registers one or several people; Idempotency-Key makes a repetition safe"),
      get("/api/v1/events/registrations/{registration}", apiRegistration)
          .needs(kOrganise).at(registrationScope()).orOwner()
          .answers("EventsRegistration").described("One registration with its places"),
      del("/api/v1/events/registrations/{registration}/participants/{participant}", apiCancel)
          .needs(kOrganise).at(registrationScope()).orOwner().rate(RateClass::write)
          .described("Cancels one place"),
      get("/api/v1/events/{event}/participants", apiParticipants)
          .needs(kOrganise).at(eventScope()).paged("EventsParticipant")
          .reads("state", "only those in this state").described("Everybody of an event, in the order of the list"),
      post("/api/v1/events/{event}/checkins", apiCheckIn)
          .needs(kOrganise).at(eventScope()).rate(RateClass::write)
          .takes("EventsCheckIn").answers("EventsPlace").described("Notes that the one with this code has come"),
  });
}

void registerPlugin(Registry& registry) {
  const auto desk = std::make_shared<operations::Desk>();
  registerPermissions(registry);
  registerVisiting(registry, desk);
  registerOrganising(registry);
  registerCalendars(registry);
  registerFigures(registry);
  registerApi(registry, desk);
  registry.demo(loadDemo);
}

}  // namespace

}  // namespace toimela::events

TOIMELA_PLUGIN("events", "1.0.0", toimela::events::registerPlugin)
