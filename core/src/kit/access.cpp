#include "toimela/access.h"

#include <algorithm>
#include <stdexcept>

#include "toimela/directory.h"

namespace toimela {

std::string_view code(Role role) {
  switch (role) {
    case Role::nationalAdmin:
      return "national_admin";
    case Role::regionalAdmin:
      return "regional_admin";
    case Role::contactPerson:
      return "contact_person";
    case Role::organisationRep:
      return "organisation_rep";
    case Role::member:
      return "member";
  }
  throw std::invalid_argument("no such role");
}

std::optional<Role> parseRole(std::string_view text) {
  for (const Role role : kRoles) {
    if (code(role) == text) return role;
  }
  return std::nullopt;
}

namespace {

// Everything that the grant names must match, so a grant never reaches beyond any of its limits.
bool coversPlace(const Grant& grant, const Scope& place) {
  if (grant.organisation && grant.organisation != place.organisation) return false;
  if (grant.region && grant.region != place.region) return false;
  return true;
}

}  // namespace

bool covers(const Grant& grant, const Scope& scope) {
  return coversPlace(grant, scope) ||
         std::ranges::any_of(scope.shared, [&](const Scope& place) { return coversPlace(grant, place); });
}

const std::string& PathParameters::text(std::string_view name) const {
  for (const auto& [key, value] : values_) {
    if (key == name) return value;
  }
  throw std::out_of_range("the path has no parameter {" + std::string(name) + "}");
}

bool PathParameters::has(std::string_view name) const {
  for (const auto& [key, value] : values_) {
    if (key == name) return true;
  }
  return false;
}

std::string_view code(Sector sector) {
  switch (sector) {
    case Sector::association:
      return "association";
    case Sector::foundation:
      return "foundation";
    case Sector::municipality:
      return "municipality";
    case Sector::state:
      return "state";
    case Sector::school:
      return "school";
    case Sector::company:
      return "company";
    case Sector::other:
      return "other";
  }
  throw std::invalid_argument("no such sector");
}

std::optional<Sector> parseSector(std::string_view text) {
  for (const Sector sector : kSectors) {
    if (code(sector) == text) return sector;
  }
  return std::nullopt;
}

}  // namespace toimela
