#include "store/scope.h"

#include "domain/ids.h"

namespace toimela::events::store {

namespace {

constexpr Sql kOfEvent{"events.event.scope",
                       "SELECT region, organiser_id FROM events_event WHERE id = :id"};
constexpr Sql kOfRegistration{
    "events.registration.scope",
    "SELECT e.region, r.organisation_id, r.person_id FROM events_registration r "
    "JOIN events_event e ON e.id = r.event_id WHERE r.id = :id AND r.erased_at IS NULL"};

}  // namespace

ScopeResolver eventScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<EventId>("event");
    if (!id) return std::nullopt;
    return tx.first(
        kOfEvent,
        [](std::optional<RegionCode> region, std::optional<OrganisationId> organisation) {
          return Scope{.region = region, .organisation = organisation};
        },
        *id);
  };
}

ScopeResolver registrationScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<RegistrationId>("registration");
    if (!id) return std::nullopt;
    return tx.first(
        kOfRegistration,
        [](std::optional<RegionCode> region, std::optional<OrganisationId> organisation,
           std::optional<PersonId> person) {
          return Scope{.region = region, .organisation = organisation, .owner = person};
        },
        *id);
  };
}

}  // namespace toimela::events::store
