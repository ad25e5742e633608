// What the plugin contributes.
#include "handlers/items.h"
#include "toimela/kit.h"

namespace toimela::@name@ {
namespace {

void registerPlugin(Registry& registry) {
  registry.permissions({
      {kEditItems,
       {Role::nationalAdmin, Role::regionalAdmin},
       "@name@.permission.items_edit"},
  });
  registry.routes({
      get("/regions/{region}/@name@", showItems)
          .anyone()
          .cached()
          .described("The items of a region"),
      get("/regions/{region}/@name@/new", newItem)
          .needs(kEditItems)
          .described("The form for a new item"),
      post("/regions/{region}/@name@", addItem).needs(kEditItems).described("Adds an item"),
  });
  registry.navigation(
      {"/regions/{region}/@name@", "@name@.title", std::nullopt, 100});
}

}  // namespace
}  // namespace toimela::@name@

TOIMELA_PLUGIN("@name@", "0.1.0", toimela::@name@::registerPlugin)
