#include "domain/network.h"

#include <algorithm>

namespace toimela::contacts {

std::string_view code(NetworkKind kind) {
  switch (kind) {
    case NetworkKind::theme: return "theme";
    case NetworkKind::lifeStage: return "life_stage";
    case NetworkKind::project: return "project";
    case NetworkKind::regional: return "regional";
  }
  return {};
}

std::optional<NetworkKind> parseNetworkKind(std::string_view text) {
  auto found = std::ranges::find(kNetworkKinds, text, [](NetworkKind kind) { return code(kind); });
  return found == kNetworkKinds.end() ? std::nullopt : std::optional{*found};
}

Scope scopeOf(const Network& network) {
  return {.region = network.region, .owner = network.coordinator};
}

}  // namespace toimela::contacts
