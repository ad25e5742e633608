#include "operations/items.h"

#include "store/items.h"

namespace toimela::@name@::operations {

ItemId addItem(WriteTx& tx, const Item& item) {
  const ItemId id = store::insertItem(tx, item);
  tx.audit({.action = "@name@.item.add",
            .object = "@name@.item:" + id.text(),
            .region = item.region,
            .organisation = std::nullopt});
  return id;
}

}  // namespace toimela::@name@::operations
