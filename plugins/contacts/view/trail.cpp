#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

/// Networks of the region, or of the whole country.
Step listOf(const Network& network, const Words& words) {
  const Region* region = words.region(network.region);
  if (!region) return {"/contacts", words.text("contacts.navigation")};
  return {"/regions/" + region->slug + "/contacts", words.pick(region->name)};
}

}  // namespace

std::string pathOf(NetworkId network) { return "/contacts/networks/" + network.text(); }

std::vector<View> trailTo(const Network& network, const Words& words) {
  return breadcrumbs({listOf(network, words), {"", words.pick(network.name)}}, words);
}

std::vector<View> trailBeyond(const Network& network, std::string_view titleKey,
                              const Words& words) {
  return breadcrumbs({listOf(network, words),
                      {pathOf(network.id), words.pick(network.name)},
                      {"", words.text(titleKey)}},
                     words);
}

}  // namespace toimela::contacts::view
