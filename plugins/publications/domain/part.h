// The files of a publication.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "toimela/codes.h"

namespace toimela::publications {

/// An alternative says in another form what a main file says: a transcript, an accessible PDF.
enum class PartRole { main, supplement, alternative };
inline constexpr auto kPartRoles = codes<PartRole>({
    {PartRole::main, "main"}, {PartRole::supplement, "supplement"},
    {PartRole::alternative, "alternative"}});
constexpr std::string_view code(PartRole role) { return kPartRoles.code(role); }
constexpr std::optional<PartRole> parsePartRole(std::string_view text) {
  return kPartRoles.parse(text);
}

struct Version {
  std::int64_t number = 0;
  FileId file{};
  std::string name, type;
  std::uint64_t size = 0;  ///< bytes
  std::string note;
  Instant at{};
};

struct Part {
  PartId id{};
  PartRole role = PartRole::main;
  std::string label;
  bool isAccessible = false;
  std::vector<Version> versions;  ///< the newest first; never empty

  const Version& newest() const { return versions.front(); }
};

/// What some readers cannot hear.
bool isSound(std::string_view mediaType);

/// What stands in the way of everybody reading it (WCAG 2.2, 1.2.1 and the law on digital services), as text
/// keys; nothing when all is well.
std::vector<std::string_view> barriersOf(const std::vector<Part>& parts);

}  // namespace toimela::publications
