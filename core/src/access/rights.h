// Rights: which roles hold which permission, and whether an actor may do a thing at a scope.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/access.h"

namespace toimela::access {

/// What the plugins declared together with what a national administrator has changed. Immutable;
/// a new one is made when the core's data generation moves.
class Rights {
 public:
  /// `changes` are rows of core_permission_role.
  struct Change {
    std::string permission;
    Role role;
    bool allowed;
  };
  Rights(const std::vector<PermissionSpec>& declared, const std::vector<Change>& changes);

  bool roleHolds(Role role, std::string_view permission) const;
  /// Does one of the actor's grants cover the scope with a role that holds the permission?
  bool allowed(const Actor& actor, Permission permission, const Scope& scope) const;
  /// … at any scope at all?
  bool allowedSomewhere(const Actor& actor, Permission permission) const;
  /// The decision for a route's rule. `signedInMissing` when signing in could help (401).
  enum class Decision { allowed, signInFirst, denied };
  Decision decide(const Rule& rule, const Actor& actor, const Scope& scope) const;

 private:
  std::map<std::string, std::set<Role>, std::less<>> roles_;
};

/// Everywhere an actor holds one permission: what a list is narrowed to.
struct Reach {
  bool nation = false;
  std::set<RegionCode> regions;
  std::set<OrganisationId> organisations;

  bool includes(const Scope& scope) const;
  bool empty() const;
};
Reach reachOf(const Rights& rights, const Actor& actor, Permission permission);

std::vector<Rights::Change> loadChanges(ReadTx& tx);

}  // namespace toimela::access
