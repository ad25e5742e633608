// What the accessibility statement of the service tells of a plugin's content.
#pragma once

#include <cstdint>
#include <string_view>

#include "toimela/data.h"

namespace toimela {

/// Offered by the plugin that keeps an archive: `registry.provide<AccessibilityOfArchive>(…)`.
class TOIMELA_API AccessibilityOfArchive {
 public:
  static constexpr std::string_view kName = "publications.accessibility";
  virtual ~AccessibilityOfArchive() = default;
  /// Publications that everybody can read and not everybody is able to: a file that nobody has marked as
  /// accessible, and no alternative that is.
  virtual std::int64_t inaccessible(ReadTx& tx) = 0;
};

}  // namespace toimela
