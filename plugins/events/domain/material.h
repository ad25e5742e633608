// What people take home from an event: slides, recordings, documents.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.h"
#include "toimela/codes.h"
#include "toimela/types.h"

namespace toimela::events {

/// Who gets to a material.
enum class MaterialAudience {
  everyone,      ///< whoever sees the event
  participants,  ///< those who have a place, or were there
};
inline constexpr auto kMaterialAudiences = codes<MaterialAudience>({
    {MaterialAudience::everyone, "everyone"}, {MaterialAudience::participants, "participants"}});
constexpr std::string_view code(MaterialAudience audience) {
  return kMaterialAudiences.code(audience);
}
constexpr std::optional<MaterialAudience> parseMaterialAudience(std::string_view code) {
  return kMaterialAudiences.parse(code);
}

/// A link or a file.
struct Material {
  MaterialId id;
  std::optional<SessionId> session;  ///< unset: of the whole event
  LocalText title;
  std::optional<std::string> link;
  std::optional<FileId> file;
  MaterialAudience audience = MaterialAudience::everyone;
};

/// An address that a reader can follow safely: https, with a host, and nothing that could break out of
/// a line of a letter.
bool isSafeLink(std::string_view link);

}  // namespace toimela::events
