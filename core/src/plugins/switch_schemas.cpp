#include "plugins/switch_schemas.h"

#include "kit/json_schema.h"

namespace toimela::plugins {

namespace {

using namespace schema;

/// What anybody may know of a plugin, and more.
Json plugin(const Properties& more = {}) {
  Properties all{{"name", text()}, {"title", ref("LocalText")}};
  all.insert(all.end(), more.begin(), more.end());
  return answer(all);
}

Json regions() { return listOf(ref("RegionCode")); }

Json availability() {
  return described(oneOf({"unavailable", "available", "default_on", "always_on"}),
                   "available: a region can switch it on; default_on: a region can switch it off.");
}

Json nationalSwitch() {
  return plugin({{"version", text()},
                 {"availability", ref("PluginAvailability")},
                 {"locked", described(flag(), "Regions can not change it.")},
                 {"problem", described(orNull(text()), "Why it can not be used.")},
                 {"regions", regions()}});
}

Json regionSwitch() {
  return plugin(
      {{"region", ref("RegionCode")},
       {"availability", ref("PluginAvailability")},
       {"locked", flag()},
       {"enabled",
        described(orNull(flag()), "What the region chose; null when it has chosen nothing.")},
       {"active", described(flag(), "Whether it is on, all things considered.")}});
}

Json openingWish() {
  return wish({{"from", described(ref("RegionCode"), "The region that is the model.")}},
              {{"welcome", described(ref("LocalText"),
                                     "The text with which the region greets the readers of its "
                                     "page; without it, that stays as it is.")}});
}

Json opening() {
  const Json changed = answer({{"plugin", text()}, {"name", text()}});
  return answer(
      {{"region", ref("RegionCode")},
       {"from", ref("RegionCode")},
       {"switchedOn", described(listOf(text()), "Names of plugins.")},
       {"switchedOff", listOf(text())},
       {"left", described(listOf(text()), "Plugins that a region may not make like the model.")},
       {"settings", described(listOf(changed), "What was set to another value.")}});
}

}  // namespace

void describeSchemas(Registry& registry) {
  registry.schema("PluginAvailability", availability().dump());
  registry.schema(
      "PluginList",
      wholeList(plugin({{"regions", described(regions(), "Where it is on.")}})).dump());
  registry.schema("RegionPluginList", wholeList(plugin()).dump());
  registry.schema("PluginSwitch", nationalSwitch().dump());
  registry.schema("PluginSwitchWish",
                  wish({{"availability", ref("PluginAvailability")}, {"locked", flag()}}).dump());
  registry.schema("RegionPluginSwitch", regionSwitch().dump());
  registry.schema("RegionOpeningWish", openingWish().dump());
  registry.schema("RegionOpening", opening().dump());
  registry.schema("RegionPluginSwitchWish", wish({{"enabled", flag()}}).dump());
}

}  // namespace toimela::plugins
