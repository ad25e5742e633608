// Items in the database.
#pragma once

#include <vector>

#include "domain/item.h"
#include "toimela/data.h"

namespace toimela::@name@ {

/// The items of a region, oldest first.
std::vector<Item> itemsOf(ReadTx& tx, RegionCode region);
ItemId insertItem(WriteTx& tx, RegionCode region, const LocalText& name,
                  std::optional<Date> lastDay);

}  // namespace toimela::@name@
