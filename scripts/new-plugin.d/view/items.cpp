#include "view/items.h"

#include "toimela/texts.h"

namespace toimela::@name@::view {

namespace {

View itemRow(const Item& item, Locale reader) {
  View view;
  view.text("name", item.name, reader)
      .set("last_day", item.lastDay ? showDate(*item.lastDay, reader) : std::string());
  return view;
}

}  // namespace

std::string pathOf(std::string_view regionSlug) {
  std::string path = "/regions/";
  return path.append(regionSlug).append("/@name@");
}

View itemList(const std::vector<Item>& items, Locale reader) {
  std::vector<View> rows;
  for (const Item& item : items) rows.push_back(itemRow(item, reader));
  View view;
  view.flag("has_items", !rows.empty()).list("items", std::move(rows));
  return view;
}

FormSpec itemFields() {
  return {Field::localText("name", "@name@.form.name").required().longest(120),
          Field::date("last_day", "@name@.form.last_day").hint("@name@.form.last_day_hint")};
}

Item readItem(const Form& form, RegionCode region) {
  return {.id = {},
          .region = region,
          .name = form.localText("name"),
          .lastDay = form.date("last_day")};
}

}  // namespace toimela::@name@::view
