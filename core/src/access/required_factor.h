// Roles that are worth a second factor: nothing of such a role works for a person without one.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "toimela/access.h"
#include "toimela/data.h"

/// For a WHERE or ON of which `g` is core_grant: does the role work for its holder?
#define TOIMELA_GRANT_WORKS                                                       \
  " AND (g.role NOT IN (SELECT role FROM core_role_second_factor)"                \
  " OR EXISTS (SELECT 1 FROM core_second_factor f WHERE f.person_id = g.person_id" \
  " AND f.confirmed_at IS NOT NULL))"

namespace toimela::access {

std::set<Role> rolesWithFactor(ReadTx& tx);

/// The roles that the person holds today and that do not work until they have a second factor.
std::set<Role> heldBack(ReadTx& tx, PersonId person);

/// Does a role that the person holds today demand a second factor, whether they have it or not?
bool isDemandedOf(ReadTx& tx, PersonId person);

/// How many people hold a role today, and how many of them have no second factor.
struct Holders {
  Role role;
  std::int64_t people = 0, without = 0;
};
std::vector<Holders> holdersByRole(ReadTx& tx);

/// The roles among `wanted` that the person holds today while having no second factor: demanding it
/// of these would lock them out.
std::set<Role> locksOut(ReadTx& tx, PersonId person, const std::set<Role>& wanted);

/// Demands a second factor of exactly these roles, from now on; false when it was so already.
bool demandFactor(WriteTx& tx, const std::set<Role>& roles);

}  // namespace toimela::access
