// A network: people of many organisations who work on the same thing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "toimela/access.h"
#include "toimela/codes.h"
#include "toimela/types.h"

namespace toimela::contacts {

using NetworkId = Id<struct NetworkTag>;

/// What brings its members together.
enum class NetworkKind { theme, lifeStage, project, regional };
inline constexpr auto kNetworkKinds = codes<NetworkKind>({
    {NetworkKind::theme, "theme"}, {NetworkKind::lifeStage, "life_stage"},
    {NetworkKind::project, "project"}, {NetworkKind::regional, "regional"}});
constexpr std::string_view code(NetworkKind kind) { return kNetworkKinds.code(kind); }
constexpr std::optional<NetworkKind> parseNetworkKind(std::string_view code) {
  return kNetworkKinds.parse(code);
}

struct Network {
  NetworkId id;
  LocalText name;
  LocalText purpose;  ///< Markdown
  NetworkKind kind = NetworkKind::theme;
  std::optional<RegionCode> region;  ///< none: a national network; never changes afterwards
  std::optional<PersonId> coordinator;
  std::int64_t revision = 1;

  bool isNational() const { return !region; }
};

/// Where the network belongs. Its coordinator owns it.
Scope scopeOf(const Network& network);

}  // namespace toimela::contacts
