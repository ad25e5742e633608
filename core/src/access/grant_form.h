// The form that gives somebody a role at a place for a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/grants.h"
#include "host/core_host.h"
#include "toimela/directory.h"
#include "toimela/form.h"
#include "toimela/request.h"

namespace toimela::access {

/// What the form offers: roles and places that the actor may give.
struct GrantOffer {
  std::vector<Role> roles;
  bool nation = false;
  std::vector<RegionCode> regions;
  std::vector<Organisation> organisations;

  bool empty() const { return roles.empty(); }
  /// The place of a value of the field "place"; nothing when it is not offered.
  std::optional<GrantPlace> place(std::string_view value) const;
};

/// Regions and the nation come from the actor's grants; of `organisations` those are kept that the
/// actor covers.
GrantOffer offerFor(CoreHost& host, const Actor& actor,
                    const std::vector<Organisation>& organisations);

/// Fields "role", "place", "valid_from", "valid_to".
FormSpec grantForm(CoreHost& host, Locale locale, const GrantOffer& offer);

/// What a form says, checked against what the actor may give and what the person has already.
/// Errors go into the form; nothing is returned then.
struct GrantWish {
  Role role;
  GrantPlace place;
  DateRange period;
};
std::optional<GrantWish> readGrant(CoreHost& host, const Actor& actor, const GrantOffer& offer,
                                   const std::vector<HeldGrant>& held, Form& form);

/// "Regional administrator".
const std::string& roleName(const Texts& texts, Locale locale, Role role);

}  // namespace toimela::access
