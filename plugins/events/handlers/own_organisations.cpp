#include "handlers/own_organisations.h"

#include <algorithm>

namespace toimela::events::handlers {

namespace {

void add(ReadTx& tx, std::vector<Organisation>& organisations, OrganisationId id) {
  if (std::ranges::any_of(organisations, [&](const auto& each) { return each.id == id; })) return;
  if (auto found = directory::findOrganisation(tx, id)) organisations.push_back(std::move(*found));
}

}  // namespace

std::vector<Organisation> representedOrganisations(ReadTx& tx, const Actor& actor) {
  std::vector<Organisation> organisations;
  for (const Grant& grant : actor.grants)
    if (grant.role == Role::organisationRep && grant.organisation)
      add(tx, organisations, *grant.organisation);
  return organisations;
}

std::vector<Organisation> ownOrganisations(ReadTx& tx, const Actor& actor) {
  auto organisations = representedOrganisations(tx, actor);
  if (actor.person)
    for (const auto& affiliation : directory::affiliationsOf(tx, *actor.person, Date::today()))
      add(tx, organisations, affiliation.organisation);
  return organisations;
}

}  // namespace toimela::events::handlers
