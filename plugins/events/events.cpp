// Everything that the plugin offers, in one list.
#include "events.h"

#include <memory>

#include "operations/desk.h"
#include "store/scope.h"
#include "toimela/plugin.h"
#include "view/letters.h"

namespace toimela::events {

namespace {

void registerPermissions(Registry& registry) {
  registry.permissions({
      {kOrganise,
       {Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson},
       "events.permission.organise"},
  });
}

/// What visitors and organisations do: find, register, change, cancel.
void registerVisiting(Registry&, const std::shared_ptr<operations::Desk>&) {}

/// What organisers do: events, programme, participants, the day itself.
void registerOrganising(Registry&) {}

/// Letters, calendars and feeds.
void registerCalendars(Registry& registry) {
  for (Letter& letter : view::letters()) registry.letter(std::move(letter));
}

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
