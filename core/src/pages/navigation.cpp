#include "pages/navigation.h"

#include <algorithm>
#include <utility>

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

bool isIn(std::string_view path, std::string_view folder) {
  return nearness(path, folder) != Nearness::elsewhere;
}

/// "/contacts/people" is below "/contacts" as well, but that is not where the reader is.
void markNearestOnly(std::vector<NavigationLink>& bar) {
  NavigationLink* nearest = nullptr;
  for (NavigationLink& link : bar) {
    if (link.nearness == Nearness::elsewhere) continue;
    NavigationLink* further = &link;
    if (!nearest || link.path.size() > nearest->path.size()) further = std::exchange(nearest, &link);
    if (further) further->nearness = Nearness::elsewhere;
  }
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
    auto& bar = isRegional                ? navigation.region
                : isIn(target, "/admin")   ? navigation.administration
                : isIn(target, "/account") ? navigation.account
                                           : navigation.service;
    const Nearness near = nearness(path, target);
    bar.push_back({std::move(target), item->what.labelKey, near});
  }
  markNearestOnly(navigation.service);
  markNearestOnly(navigation.region);
  markNearestOnly(navigation.administration);
  markNearestOnly(navigation.account);
  return navigation;
}

}  // namespace toimela::pages
