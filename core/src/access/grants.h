// Grants: who may give which role where. Pure; the rows are in grant_store.h.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "access/rights.h"
#include "toimela/access.h"

namespace toimela::access {

/// Where a grant is to hold, with the region of the organisation so that a regional administrator
/// is known to cover it.
struct GrantPlace {
  std::optional<RegionCode> region;
  std::optional<OrganisationId> organisation;
  std::optional<RegionCode> organisationRegion;

  Scope scope() const { return {organisation ? organisationRegion : region, organisation, {}}; }
};

/// A stored grant, of today or of another day.
struct HeldGrant {
  std::int64_t id = 0;
  Role role = Role::member;
  GrantPlace place;
  LocalText organisationName;
  DateRange period;
};

/// Can the role be held there at all? An administrator of a region needs a region.
bool fits(Role role, const GrantPlace& place);

/// May the actor give, or take back, the role there? Only below a role of their own that covers the
/// place and holds the permission to grant; a national administrator may name another.
bool mayGrant(const Rights& rights, const Actor& actor, Role role, const GrantPlace& place);

/// May the actor disable somebody who holds these grants on the day? Only who could have given them
/// all: nobody disables those above or beside them.
bool outranks(const Rights& rights, const Actor& actor, const std::vector<HeldGrant>& grants,
              Date day);

/// Does one of the grants already say the same for a part of the time?
bool repeats(const std::vector<HeldGrant>& grants, Role role, const GrantPlace& place,
             const DateRange& period);

}  // namespace toimela::access
