#include "access/role_store.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "access/handlers.h"

namespace toimela::access {

namespace {

constexpr Sql kPut{"access.role.put",
                   "INSERT INTO core_permission_role (permission, role, allowed)"
                   " VALUES (:permission, :role, :allowed)"
                   " ON CONFLICT (permission, role) DO UPDATE SET allowed = excluded.allowed"};

constexpr Sql kReset{
    "access.role.reset",
    "DELETE FROM core_permission_role WHERE permission = :permission AND role = :role"};

bool isDefault(const std::vector<PermissionSpec>& declared, const Rights::Change& wish) {
  return std::ranges::any_of(declared, [&](const PermissionSpec& spec) {
    return spec.permission.name == wish.permission &&
           wish.allowed == (std::ranges::count(spec.defaultRoles, wish.role) > 0);
  });
}

}  // namespace

bool isFixed(std::string_view permission, Role role) {
  return role == Role::nationalAdmin &&
         (permission == kRoleEdit.name || permission == kGrantEdit.name ||
          permission == kPersonView.name);
}

int saveRoleMatrix(WriteTx& tx, const std::vector<PermissionSpec>& declared,
                   const std::vector<Rights::Change>& wished) {
  const Rights before(declared, loadChanges(tx));
  auto given = nlohmann::json::array(), taken = nlohmann::json::array();
  for (const auto& wish : wished) {
    if (wish.allowed == before.roleHolds(wish.role, wish.permission)) continue;
    if (!wish.allowed && isFixed(wish.permission, wish.role)) continue;
    if (isDefault(declared, wish)) {
      tx.run(kReset, wish.permission, wish.role);
    } else {
      tx.run(kPut, wish.permission, wish.role, wish.allowed);
    }
    (wish.allowed ? given : taken).push_back(wish.permission + " " + std::string(code(wish.role)));
  }
  const auto changes = static_cast<int>(given.size() + taken.size());
  if (changes > 0) {
    tx.audit({.action = "core.role.edit",
              .object = "roles:all",
              .detail = nlohmann::json{{"given", given}, {"taken", taken}}.dump()});
  }
  return changes;
}

}  // namespace toimela::access
