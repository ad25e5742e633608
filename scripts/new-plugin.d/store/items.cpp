#include "store/items.h"

namespace toimela::@name@ {
namespace {

constexpr Sql kByRegion{
    "@name@.item.by_region",
    "SELECT id, name_fi, name_sv, name_en, last_day FROM @name@_item WHERE region = :region "
    "ORDER BY id"};

constexpr Sql kInsert{
    "@name@.item.insert",
    "INSERT INTO @name@_item (region, name_fi, name_sv, name_en, last_day) "
    "VALUES (:region, :name_fi, :name_sv, :name_en, :last_day) RETURNING id"};

}  // namespace

std::vector<Item> itemsOf(ReadTx& tx, RegionCode region) {
  return tx.all(
      kByRegion,
      [](ItemId id, std::string fi, std::string sv, std::string en, std::optional<Date> lastDay) {
        return Item{id, {std::move(fi), std::move(sv), std::move(en)}, lastDay};
      },
      region);
}

ItemId insertItem(WriteTx& tx, RegionCode region, const LocalText& name,
                  std::optional<Date> lastDay) {
  return tx.insert<ItemId>(kInsert, region, name.fi, name.sv, name.en, lastDay);
}

}  // namespace toimela::@name@
