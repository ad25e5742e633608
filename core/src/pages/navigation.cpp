#include "pages/navigation.h"

#include <algorithm>

namespace toimela::pages {

namespace {

constexpr std::string_view kRegion = "{region}";

/// A national link needs the permission somewhere; a region's link needs it there.
bool isPermitted(const NavigationItem& item, const CoreState& state, const Actor& actor,
                 const Region* region) {
  if (!item.permission) return true;
  if (!region) return state.rights->allowedSomewhere(actor, *item.permission);
  Scope scope;
  scope.region = region->code;
  return state.rights->allowed(actor, *item.permission, scope);
}

std::vector<const plugins::From<NavigationItem>*> inOrder(const plugins::Contributions& contributions) {
  std::vector<const plugins::From<NavigationItem>*> items;
  items.reserve(contributions.navigation.size());
  for (const auto& item : contributions.navigation) items.push_back(&item);
  std::ranges::stable_sort(items, {}, [](const auto* item) { return item->what.order; });
  return items;
}

}  // namespace

Nearness nearness(std::string_view path, std::string_view link) {
  if (!path.starts_with(link)) return Nearness::elsewhere;
  if (path.size() == link.size()) return Nearness::here;
  return path[link.size()] == '/' ? Nearness::around : Nearness::elsewhere;
}

Navigation navigationFor(const plugins::Contributions& contributions, const CoreState& state,
                         const Actor& actor, const Region* region, std::string_view path) {
  Navigation navigation;
  for (const auto* item : inOrder(contributions)) {
    std::string target = item->what.path;
    const auto at = target.find(kRegion);
    const bool isRegional = at != std::string::npos;
    if (isRegional && !region) continue;
    const Region* place = isRegional ? region : nullptr;
    const auto code = place ? std::optional(place->code) : std::nullopt;
    if (!state.switches.active(item->plugin, code)) continue;
    if (!isPermitted(item->what, state, actor, place)) continue;
    if (place) target.replace(at, kRegion.size(), place->slug);
    const bool isAdministration = target == "/admin" || target.starts_with("/admin/");
    auto& bar = isRegional         ? navigation.region
                : isAdministration ? navigation.administration
                                   : navigation.service;
    const Nearness near = nearness(path, target);
    bar.push_back({std::move(target), item->what.labelKey, near});
  }
  return navigation;
}

}  // namespace toimela::pages
