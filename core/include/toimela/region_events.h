// That a region has been opened like another one: for plugins that keep models in each region, such
// as templates to make others of.
//
//   registry.on<RegionOpened>([](WriteTx& tx, const RegionOpened& opened) { … });
//
// Subscribers run in the transaction of the opening, after the features and settings of the region
// were made like those of the other. It may happen more than once to a region: what it has already
// is left alone. A plugin says in its text "<plugin>.opening" what it takes along; the page that is
// looked at before shows it.
#pragma once

#include <string_view>

#include "toimela/types.h"

namespace toimela {

struct RegionOpened {
  static constexpr std::string_view kName = "core.region_opened";
  RegionCode from, to;
};

}  // namespace toimela
