#include "access/grant_form.h"
#include "access/handlers.h"
#include "access/required_factor.h"

namespace toimela::access {

namespace {

std::set<Role> wishedRoles(const Request& request) {
  std::set<Role> roles;
  for (const auto text : request.form.every("role"))
    if (const auto role = parseRole(text)) roles.insert(*role);
  return roles;
}

std::string names(const Request& request, Host& host, const std::set<Role>& roles) {
  std::string text;
  for (const Role role : roles)
    (text += text.empty() ? "" : ", ") += roleName(host.texts(), request.locale, role);
  return text;
}

Response page(const Request& request, Host& host, const std::set<Role>& ticked,
              const std::set<Role>& lockedOut, int status) {
  std::vector<View> rows;
  for (const Holders& holders : host.read([](ReadTx& tx) { return holdersByRole(tx); })) {
    View row;
    row.set("value", std::string(code(holders.role)))
        .set("role", roleName(host.texts(), request.locale, holders.role))
        .set("people", host.texts().format(request.locale, "accounts.required.people",
                                           {{"count", holders.people}}))
        .set("without", host.texts().format(request.locale, "accounts.required.without",
                                            {{"count", holders.without}}))
        .flag("is_ticked", ticked.contains(holders.role));
    rows.push_back(std::move(row));
  }
  View view;
  view.list("rows", std::move(rows))
      .set("problem", lockedOut.empty()
                          ? std::string()
                          : host.texts().format(request.locale, "accounts.required.locks_out",
                                                {{"roles", names(request, host, lockedOut)}}));
  return host.page(request, "required_factor", std::move(view),
                   titled(request, host, "accounts.required.title", status));
}

}  // namespace

Response showRequiredFactor(const Request& request, Host& host) {
  const auto roles = host.read([](ReadTx& tx) { return rolesWithFactor(tx); });
  return page(request, host, roles, {}, 200);
}

Response saveRequiredFactor(const Request& request, Host& host) {
  const std::set<Role> wished = wishedRoles(request);
  const auto lockedOut =
      host.read([&](ReadTx& tx) { return locksOut(tx, *request.actor.person, wished); });
  if (!lockedOut.empty()) return page(request, host, wished, lockedOut, 422);
  host.write(request, [&](WriteTx& tx) { demandFactor(tx, wished); });
  return host.redirect(request, "/admin/roles/second-factor", "accounts.required.saved");
}

bool fillHeldBackTile(const Request& request, Host& host, View& view) {
  if (!request.actor.person) return false;
  const auto roles = host.read([&](ReadTx& tx) { return heldBack(tx, *request.actor.person); });
  view.set("text", host.texts().format(request.locale, "accounts.required.held_back",
                                       {{"roles", names(request, host, roles)}}))
      .set("path", request.link("/account/second-factor"));
  return !roles.empty();
}

}  // namespace toimela::access
