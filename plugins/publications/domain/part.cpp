#include "domain/part.h"

#include <algorithm>

namespace toimela::publications {

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
