#include "access/required_factor.h"

#include <nlohmann/json.hpp>

#include "access/second_factor.h"

namespace toimela::access {

namespace {

constexpr Sql kDemanded{"access.role_factor.all", "SELECT role FROM core_role_second_factor"};
constexpr Sql kDemand{"access.role_factor.demand",
                      "INSERT INTO core_role_second_factor (role, since) VALUES (:role, :since)"
                      " ON CONFLICT (role) DO NOTHING"};
constexpr Sql kRelease{"access.role_factor.release",
                       "DELETE FROM core_role_second_factor WHERE role = :role"};
constexpr Sql kHeld{"access.role_factor.held",
                    "SELECT DISTINCT role FROM core_grant WHERE person_id = :person"
                    " AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)"};
constexpr Sql kHolders{
    "access.role_factor.holders",
    "SELECT g.role, CAST(COUNT(DISTINCT g.person_id) AS BIGINT),"
    " CAST(COUNT(DISTINCT CASE WHEN f.person_id IS NULL THEN g.person_id END) AS BIGINT)"
    " FROM core_grant g JOIN core_person p ON p.id = g.person_id"
    " LEFT JOIN core_second_factor f ON f.person_id = g.person_id AND f.confirmed_at IS NOT NULL"
    " WHERE g.valid_from <= :day AND (g.valid_to IS NULL OR g.valid_to >= :day)"
    " AND p.disabled_at IS NULL AND p.erased_at IS NULL GROUP BY g.role"};

std::set<Role> rolesOf(ReadTx& tx, PersonId person) {
  std::set<Role> roles;
  tx.each(kHeld, [&](Role role) { roles.insert(role); }, person, Date::of(now()));
  return roles;
}

}  // namespace

std::set<Role> rolesWithFactor(ReadTx& tx) {
  std::set<Role> roles;
  tx.each(kDemanded, [&](Role role) { roles.insert(role); });
  return roles;
}

std::set<Role> locksOut(ReadTx& tx, PersonId person, const std::set<Role>& wanted) {
  if (wanted.empty() || hasSecondFactor(tx, person)) return {};
  std::set<Role> roles = rolesOf(tx, person);
  std::erase_if(roles, [&](Role role) { return !wanted.contains(role); });
  return roles;
}

std::set<Role> heldBack(ReadTx& tx, PersonId person) {
  return locksOut(tx, person, rolesWithFactor(tx));
}

bool isDemandedOf(ReadTx& tx, PersonId person) {
  const std::set<Role> demanded = rolesWithFactor(tx);
  for (const Role role : rolesOf(tx, person))
    if (demanded.contains(role)) return true;
  return false;
}

std::vector<Holders> holdersByRole(ReadTx& tx) {
  std::vector<Holders> all;
  for (const Role role : kRoles) all.push_back({role});
  tx.each(
      kHolders,
      [&](Role role, std::int64_t people, std::int64_t without) {
        for (Holders& holders : all)
          if (holders.role == role) holders = {role, people, without};
      },
      Date::of(now()));
  return all;
}

bool demandFactor(WriteTx& tx, const std::set<Role>& roles) {
  const std::set<Role> before = rolesWithFactor(tx);
  if (before == roles) {
    tx.unaudited("nothing changes");
    return false;
  }
  auto demanded = nlohmann::json::array(), released = nlohmann::json::array();
  for (const Role role : kRoles) {
    if (roles.contains(role) == before.contains(role)) continue;
    if (roles.contains(role)) tx.run(kDemand, role, tx.time());
    else tx.run(kRelease, role);
    (roles.contains(role) ? demanded : released).push_back(code(role));
  }
  tx.audit({.action = "core.role.second_factor",
            .object = "roles:all",
            .detail = nlohmann::json{{"demanded", demanded}, {"released", released}}.dump()});
  return true;
}

}  // namespace toimela::access
