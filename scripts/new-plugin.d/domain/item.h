// An item of a region: what is true of items whatever the database and the pages are like.
#pragma once

#include <optional>

#include "toimela/types.h"

namespace toimela::@name@ {

using ItemId = Id<struct ItemTag>;

struct Item {
  ItemId id;
  RegionCode region;
  LocalText name;
  std::optional<Date> lastDay;  ///< without one it does not end
};

/// An item is current up to and including its last day.
inline bool isCurrent(const Item& item, Date today) {
  return !item.lastDay || today <= *item.lastDay;
}

}  // namespace toimela::@name@
