// The parts of the yearly report, from everybody who has one.
#pragma once

#include <string>
#include <vector>

#include "host/core_host.h"
#include "toimela/report.h"

namespace toimela::report {

/// The earliest year that can be asked for.
inline constexpr int kFirstYear = 2000;

struct ToldPart {
  std::string plugin;
  Part part;
  std::vector<Figure> before;  ///< the same figures of the year before, in any order

  /// The figure of the year before; null when there was none.
  const Figure* beforeOf(const Figure& figure) const;
};

/// Parts of the plugins that are on in the region, or available to the nation, in their order.
std::vector<ToldPart> gather(CoreHost& host, const Question& question);

}  // namespace toimela::report
