#include "store/scope.h"

#include "domain/ids.h"
#include "store/co_organisers.h"

namespace toimela::events::store {

namespace {

constexpr Sql kOfEvent{"events.event.scope",
                       "SELECT region, organiser_id FROM events_event WHERE id = :id"};
constexpr Sql kOfRegistration{
    "events.registration.scope",
    "SELECT e.region, r.organisation_id, r.person_id, r.event_id FROM events_registration r "
    "JOIN events_event e ON e.id = r.event_id WHERE r.id = :id AND r.erased_at IS NULL"};

std::optional<Scope> ownScope(ReadTx& tx, EventId id) {
  return tx.first(
      kOfEvent,
      [](std::optional<RegionCode> region, std::optional<OrganisationId> organisation) {
        return Scope{.region = region, .organisation = organisation};
      },
      id);
}

std::vector<Scope> sharedBy(const CoOrganisers& others) {
  std::vector<Scope> shared;
  for (const RegionCode region : others.regions) shared.push_back({.region = region});
  for (const OrganisationId id : others.organisations) shared.push_back({.organisation = id});
  return shared;
}

}  // namespace

ScopeResolver eventScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<EventId>("event");
    auto scope = id ? ownScope(tx, *id) : std::nullopt;
    if (scope) scope->shared = sharedBy(coOrganisersOf(tx, *id));
    return scope;
  };
}

ScopeResolver ownEventScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<EventId>("event");
    return id ? ownScope(tx, *id) : std::nullopt;
  };
}

Scope scopeOf(ReadTx& tx, const Event& event) {
  return {.region = event.region,
          .organisation = event.organiser,
          .shared = sharedBy(coOrganisersOf(tx, event.id))};
}

ScopeResolver registrationScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<RegistrationId>("registration");
    if (!id) return std::nullopt;
    EventId event;
    auto scope = tx.first(
        kOfRegistration,
        [&](std::optional<RegionCode> region, std::optional<OrganisationId> organisation,
            std::optional<PersonId> person, EventId of) {
          event = of;
          return Scope{.region = region, .organisation = organisation, .owner = person};
        },
        *id);
    // Those who organise with others look after the registrations, too.
    if (scope)
      for (const RegionCode region : coOrganisersOf(tx, event).regions)
        scope->shared.push_back({.region = region});
    return scope;
  };
}

}  // namespace toimela::events::store
