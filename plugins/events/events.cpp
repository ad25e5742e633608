// Everything that the plugin offers, in one list.
#include "events.h"

#include <memory>

#include "handlers/registering.h"
#include "handlers/visiting.h"
#include "operations/desk.h"
#include "store/scope.h"
#include "toimela/plugin.h"

namespace toimela::events {

namespace {

using store::eventScope;

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
void registerCalendars(Registry&) {}

/// Figures, feedback and the report over events.
void registerFigures(Registry&) {}

/// The same for programs.
void registerApi(Registry&, const std::shared_ptr<operations::Desk>&) {}

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
