#include "access/grants.h"

#include <algorithm>

#include "access/handlers.h"

namespace toimela::access {

bool fits(Role role, const GrantPlace& place) {
  if (place.region && place.organisation) return false;
  switch (role) {
    case Role::nationalAdmin:
      return !place.region && !place.organisation;
    case Role::regionalAdmin:
    case Role::contactPerson:
      return place.region.has_value();
    case Role::organisationRep:
      return place.organisation.has_value();
    case Role::member:
      return true;
  }
  return false;
}

bool mayGrant(const Rights& rights, const Actor& actor, Role role, const GrantPlace& place) {
  if (!actor.signedIn() || !fits(role, place)) return false;
  return std::ranges::any_of(actor.grants, [&](const Grant& own) {
    return rights.roleHolds(own.role, kGrantEdit.name) && covers(own, place.scope()) &&
           (own.role == Role::nationalAdmin || own.role < role);
  });
}

bool outranks(const Rights& rights, const Actor& actor, const std::vector<HeldGrant>& grants,
              Date day) {
  return std::ranges::all_of(grants, [&](const HeldGrant& grant) {
    return !grant.period.contains(day) || mayGrant(rights, actor, grant.role, grant.place);
  });
}

bool repeats(const std::vector<HeldGrant>& grants, Role role, const GrantPlace& place,
             const DateRange& period) {
  return std::ranges::any_of(grants, [&](const HeldGrant& grant) {
    return grant.role == role && grant.place.region == place.region &&
           grant.place.organisation == place.organisation && grant.period.overlaps(period);
  });
}

}  // namespace toimela::access
