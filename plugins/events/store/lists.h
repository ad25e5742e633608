// Lists inside of one argument: "06,17", found in SQL by
// ',' || CAST(:regions AS TEXT) || ',' LIKE '%,' || column || ',%'.
#pragma once

#include <string>
#include <vector>

#include "toimela/types.h"

namespace toimela::events::store {

template <class T, class F>
std::string joined(const std::vector<T>& things, F&& textOf) {
  std::string text;
  for (const T& thing : things) text.append(text.empty() ? "" : ",").append(textOf(thing));
  return text;
}
inline std::string joined(const std::vector<RegionCode>& regions) {
  return joined(regions, [](RegionCode region) { return region.text(); });
}

}  // namespace toimela::events::store
