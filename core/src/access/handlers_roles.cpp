#include <set>

#include "access/grant_form.h"
#include "access/handlers.h"
#include "access/role_store.h"

namespace toimela::access {

namespace {

std::vector<PermissionSpec> declaredPermissions(Host& host) {
  std::vector<PermissionSpec> declared;
  for (const auto& from : core(host).contributions().permissions) declared.push_back(from.what);
  return declared;
}

std::string boxOf(std::string_view permission, Role role) {
  return std::string(permission) + ":" + std::string(code(role));
}

View matrixRow(const Request& request, Host& host, const PermissionSpec& spec) {
  const auto rights = core(host).state()->rights;
  const std::string& label = host.texts().get(request.locale, spec.labelKey);
  std::vector<View> boxes;
  for (const Role role : kRoles) {
    View box;
    box.set("value", boxOf(spec.permission.name, role))
        .set("label", label + ": " + roleName(host.texts(), request.locale, role))
        .flag("is_held", rights->roleHolds(role, spec.permission.name))
        .flag("is_fixed", isFixed(spec.permission.name, role));
    boxes.push_back(std::move(box));
  }
  View row;
  row.set("label", label)
      .set("permission", std::string(spec.permission.name))
      .list("boxes", std::move(boxes));
  return row;
}

}  // namespace

Response showRoles(const Request& request, Host& host) {
  std::vector<View> roles, rows;
  for (const Role role : kRoles) {
    View head;
    head.set("role", roleName(host.texts(), request.locale, role));
    roles.push_back(std::move(head));
  }
  for (const auto& spec : declaredPermissions(host)) rows.push_back(matrixRow(request, host, spec));
  View view;
  view.list("roles", std::move(roles)).list("permissions", std::move(rows));
  return host.page(request, "roles", std::move(view), titled(request, host, "access.roles.title"));
}

Response saveRoles(const Request& request, Host& host) {
  const auto ticked = request.form.every("allow");
  const std::set<std::string_view> allowed(ticked.begin(), ticked.end());
  // A box that is not ticked is not sent. What the form did not show, because its plugin came after
  // the form was opened, was not unticked either.
  const auto sent = request.form.every("shown");
  const std::set<std::string_view> shown(sent.begin(), sent.end());
  const auto declared = declaredPermissions(host);
  std::vector<Rights::Change> wished;
  for (const auto& spec : declared) {
    if (!shown.contains(spec.permission.name)) continue;
    for (const Role role : kRoles) {
      wished.push_back({std::string(spec.permission.name), role,
                        allowed.contains(boxOf(spec.permission.name, role))});
    }
  }
  const int changes =
      host.write(request, [&](WriteTx& tx) { return saveRoleMatrix(tx, declared, wished); });
  return host.redirect(request, "/admin/roles",
                       changes > 0 ? "access.roles.saved" : "access.roles.unchanged");
}

}  // namespace toimela::access
