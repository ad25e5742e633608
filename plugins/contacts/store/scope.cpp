#include "store/scope.h"

#include "domain/network.h"
#include "store/networks.h"

namespace toimela::contacts::store {

namespace {

constexpr Sql kScope{"contacts.network.scope",
                     "SELECT region, coordinator_id FROM contacts_network WHERE id = :id"};

Scope toScope(std::optional<RegionCode> region, std::optional<PersonId> coordinator) {
  return {.region = region, .owner = coordinator};
}

}  // namespace

ScopeResolver networkScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    auto id = path.id<NetworkId>("network");
    return id ? tx.first(kScope, toScope, *id) : std::nullopt;
  };
}

}  // namespace toimela::contacts::store
