#include <array>

#include "access/handlers.h"

namespace toimela::access {

namespace {

/// A part of the administration and the permission that opens it.
struct Part {
  std::string_view titleKey, textKey, path;
  Permission permission;
};
constexpr std::array kParts{
    Part{"access.people.title", "access.admin.people_text", "/admin/people", kPersonView},
    Part{"claim.list.title", "claim.list.lead", "/admin/claims", {"core.claim.decide"}},
    Part{"erasure.title", "erasure.lead", "/admin/erasures", {"core.erasure.decide"}},
    Part{"access.roles.title", "access.admin.roles_text", "/admin/roles", kRoleEdit},
    Part{"directory.organisation.new.title",
         "access.admin.new_organisation_text",
         "/admin/organisations/new",
         {"core.organisation.add"}},
    Part{"plugins.title", "access.admin.plugins_text", "/admin/plugins", {"core.plugin.switch"}},
    Part{"mail.title", "access.admin.mail_text", "/admin/mail", {"core.mail.view"}},
    Part{"audit.title", "access.admin.audit_text", "/admin/audit", {"core.audit.view"}}};
constexpr Permission kRegionSwitch{"core.plugin.region_switch"};
constexpr Permission kRegionOpen{"core.region.open"};

View card(const Request& request, Host& host, const Part& part) {
  View view;
  view.set("href", request.link(part.path))
      .set("title", host.texts().get(request.locale, part.titleKey))
      .set("text", host.texts().get(request.locale, part.textKey));
  return view;
}

std::vector<View> regionLinks(const Request& request, Host& host) {
  std::vector<View> links;
  for (const auto& region : host.regions()) {
    if (!host.allowed(request.actor, kRegionSwitch, {.region = region.code})) continue;
    View link;
    link.set("href", request.link("/admin/regions/" + region.slug + "/plugins"))
        .text("name", region.name, request.locale)
        .set("opening_href", host.allowed(request.actor, kRegionOpen, {.region = region.code})
                                 ? request.link("/admin/regions/" + region.slug + "/open")
                                 : std::string());
    links.push_back(std::move(link));
  }
  return links;
}

}  // namespace

Response showAdministration(const Request& request, Host& host) {
  const auto rights = core(host).state()->rights;
  std::vector<View> parts;
  for (const auto& part : kParts) {
    if (rights->allowedSomewhere(request.actor, part.permission))
      parts.push_back(card(request, host, part));
  }
  auto regions = regionLinks(request, host);
  View view;
  view.flag("has_parts", !parts.empty())
      .flag("has_regions", !regions.empty())
      .flag("is_empty", parts.empty() && regions.empty())
      .list("parts", std::move(parts))
      .list("regions", std::move(regions));
  return host.page(request, "admin", std::move(view), titled(request, host, "access.admin.title"));
}

}  // namespace toimela::access
