// Everything that the plugin offers, in one list.
#include "handlers/items.h"
#include "toimela/plugin.h"

namespace toimela::@name@ {

namespace {

using namespace handlers;

void registerPlugin(Registry& registry) {
  registry.permissions({
      {kAddItem, {Role::nationalAdmin, Role::regionalAdmin}, "@name@.permission.item_add"},
  });

  // Without at(…) a route belongs to the {region} of its path.
  registry.routes({
      get("/regions/{region}/@name@", showItems)
          .anyone().cached().described("Items of a region"),
      get("/regions/{region}/@name@/new", newItem)
          .needs(kAddItem).described("Form for a new item"),
      post("/regions/{region}/@name@/new", addItem)
          .needs(kAddItem).described("Adds an item"),
  });

  registry.navigation({"/regions/{region}/@name@", "@name@.navigation", std::nullopt, 100});
}

}  // namespace

}  // namespace toimela::@name@

TOIMELA_PLUGIN("@name@", "0.1.0", toimela::@name@::registerPlugin)
