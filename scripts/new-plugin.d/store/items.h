// Items in the database.
#pragma once

#include <vector>

#include "domain/item.h"
#include "toimela/data.h"

namespace toimela::@name@::store {

/// The items of a region, oldest first.
std::vector<Item> itemsOf(ReadTx& tx, RegionCode region);
ItemId insertItem(WriteTx& tx, const Item& item);

}  // namespace toimela::@name@::store
