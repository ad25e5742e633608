// Changes of items: each saves and leaves its audit entry in one transaction.
#pragma once

#include "domain/item.h"
#include "toimela/data.h"

namespace toimela::@name@::operations {

ItemId addItem(WriteTx& tx, const Item& item);

}  // namespace toimela::@name@::operations
