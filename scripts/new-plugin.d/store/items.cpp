#include "store/items.h"

namespace toimela::@name@::store {

namespace {

constexpr Sql kOfRegion{"@name@.item.of_region",
                        "SELECT id, region, name_fi, name_sv, name_en, last_day FROM @name@_item "
                        "WHERE region = :region ORDER BY id"};
constexpr Sql kInsert{"@name@.item.insert",
                      "INSERT INTO @name@_item (region, name_fi, name_sv, name_en, last_day) "
                      "VALUES (:region, :name_fi, :name_sv, :name_en, :last_day) RETURNING id"};

Item toItem(ItemId id, RegionCode region, std::string nameFi, std::string nameSv,
            std::string nameEn, std::optional<Date> lastDay) {
  return {id, region, {std::move(nameFi), std::move(nameSv), std::move(nameEn)}, lastDay};
}

}  // namespace

std::vector<Item> itemsOf(ReadTx& tx, RegionCode region) {
  return tx.all(kOfRegion, toItem, region);
}

ItemId insertItem(WriteTx& tx, const Item& item) {
  return tx.insert<ItemId>(kInsert, item.region, item.name.fi, item.name.sv, item.name.en,
                           item.lastDay);
}

}  // namespace toimela::@name@::store
