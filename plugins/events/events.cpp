// Everything that the plugin offers, in one list.
#include "events.h"

#include <memory>

#include "handlers/api.h"
#include "handlers/feeds.h"
#include "handlers/mailings.h"
#include "handlers/registering.h"
#include "handlers/visiting.h"
#include "operations/desk.h"
#include "store/scope.h"
#include "toimela/plugin.h"
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
  registry.navigation({.path = "/events", .labelKey = "events.navigation", .order = 10});
  registry.navigation(
      {.path = "/regions/{region}/events", .labelKey = "events.navigation", .order = 10});
  registry.tile({Tile::Place::nation, "tile_events", handlers::fillNationTile, 10});
  registry.tile({Tile::Place::region, "tile_events", handlers::fillRegionTile, 10});
  registry.search(handlers::eventSearch());
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
}

}  // namespace

}  // namespace toimela::events

TOIMELA_PLUGIN("events", "1.0.0", toimela::events::registerPlugin)
