#include "domain/part.h"

#include <algorithm>

namespace toimela::publications {

std::string_view code(PartRole role) {
  switch (role) {
    case PartRole::main: return "main";
    case PartRole::supplement: return "supplement";
    case PartRole::alternative: return "alternative";
  }
  return "";
}

std::optional<PartRole> parsePartRole(std::string_view text) {
  for (const PartRole role : kPartRoles)
    if (code(role) == text) return role;
  return std::nullopt;
}

bool isSound(std::string_view mediaType) { return mediaType.starts_with("audio/"); }

std::vector<std::string_view> barriersOf(const std::vector<Part>& parts) {
  std::vector<std::string_view> barriers;
  const bool hasAlternative = std::ranges::any_of(
      parts, [](const Part& part) { return part.role == PartRole::alternative; });
  const auto lacks = [&](auto isIt) {
    return !hasAlternative && std::ranges::any_of(parts, [&](const Part& part) {
      return part.role == PartRole::main && !part.isAccessible && isIt(part.newest().type);
    });
  };
  if (lacks([](const std::string& type) { return isSound(type); }))
    barriers.push_back("publications.barrier.transcript");
  if (lacks([](const std::string& type) { return !isSound(type); }))
    barriers.push_back("publications.barrier.document");
  return barriers;
}

}  // namespace toimela::publications
