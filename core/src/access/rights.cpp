#include "access/rights.h"

#include <algorithm>

namespace toimela::access {

namespace {

constexpr Sql kChanges{"access.rights.changes",
                       "SELECT permission, role, allowed FROM core_permission_role"};

bool holdsTheNation(const Grant& grant) { return !grant.region && !grant.organisation; }

}  // namespace

Rights::Rights(const std::vector<PermissionSpec>& declared, const std::vector<Change>& changes) {
  for (const auto& spec : declared) {
    roles_[std::string(spec.permission.name)].insert(spec.defaultRoles.begin(),
                                                     spec.defaultRoles.end());
  }
  for (const auto& change : changes) {
    // A change may speak of a permission whose plugin is not installed now: it gives nothing.
    const auto found = roles_.find(change.permission);
    if (found == roles_.end()) continue;
    if (change.allowed) {
      found->second.insert(change.role);
    } else {
      found->second.erase(change.role);
    }
  }
}

bool Rights::roleHolds(Role role, std::string_view permission) const {
  const auto found = roles_.find(permission);
  return found != roles_.end() && found->second.contains(role);
}

bool Rights::allowed(const Actor& actor, Permission permission, const Scope& scope) const {
  if (!actor.signedIn()) return false;
  return std::ranges::any_of(actor.grants, [&](const Grant& grant) {
    return covers(grant, scope) && roleHolds(grant.role, permission.name);
  });
}

bool Rights::allowedSomewhere(const Actor& actor, Permission permission) const {
  if (!actor.signedIn()) return false;
  return std::ranges::any_of(
      actor.grants, [&](const Grant& grant) { return roleHolds(grant.role, permission.name); });
}

Rights::Decision Rights::decide(const Rule& rule, const Actor& actor, const Scope& scope) const {
  switch (rule.kind) {
    case Rule::Kind::anyone:
      return Decision::allowed;
    case Rule::Kind::signedIn:
      return actor.signedIn() ? Decision::allowed : Decision::signInFirst;
    case Rule::Kind::permission: {
      if (!actor.signedIn()) return Decision::signInFirst;
      if (rule.orOwner && scope.owner && scope.owner == actor.person) return Decision::allowed;
      const bool holds = rule.anyScope ? allowedSomewhere(actor, rule.permission)
                                       : allowed(actor, rule.permission, scope);
      return holds ? Decision::allowed : Decision::denied;
    }
    case Rule::Kind::undeclared:
      break;
  }
  return Decision::denied;
}

bool Reach::includes(const Scope& scope) const {
  return nation || (scope.region && regions.contains(*scope.region)) ||
         (scope.organisation && organisations.contains(*scope.organisation));
}

bool Reach::empty() const { return !nation && regions.empty() && organisations.empty(); }

Reach reachOf(const Rights& rights, const Actor& actor, Permission permission) {
  Reach reach;
  if (!actor.signedIn()) return reach;
  for (const auto& grant : actor.grants) {
    if (!rights.roleHolds(grant.role, permission.name)) continue;
    if (holdsTheNation(grant)) reach.nation = true;
    if (grant.region) reach.regions.insert(*grant.region);
    if (grant.organisation) reach.organisations.insert(*grant.organisation);
  }
  return reach;
}

std::vector<Rights::Change> loadChanges(ReadTx& tx) {
  return tx.all(kChanges, [](std::string permission, Role role, bool allowed) {
    return Rights::Change{std::move(permission), role, allowed};
  });
}

}  // namespace toimela::access
