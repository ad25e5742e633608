// Events that belong together: a tour through the regions, four meetings a year.
#pragma once

#include <optional>

#include "domain/ids.h"
#include "toimela/types.h"

namespace toimela::events {

struct Series {
  SeriesId id;
  std::optional<RegionCode> region;  ///< who looks after its name; unset: the nation
  LocalText title;
};

/// One more time that an event is to be held.
struct Occasion {
  Date day;
  std::optional<RegionCode> region;  ///< unset: the nation
};

/// So many events are made of one at once.
inline constexpr int kMostOccasions = 12;

}  // namespace toimela::events
