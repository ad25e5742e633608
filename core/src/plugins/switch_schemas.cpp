#include "plugins/switch_schemas.h"

namespace toimela::plugins {

namespace {

constexpr const char* kAvailability = R"({
  "type": "string",
  "enum": ["unavailable", "available", "default_on", "always_on"],
  "description": "available: a region can switch it on; default_on: a region can switch it off."
})";

constexpr const char* kList = R"({
  "type": "object",
  "required": ["items", "next"],
  "properties": {
    "items": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["name", "title", "regions"],
        "properties": {
          "name": {"type": "string"},
          "title": {"$ref": "#/components/schemas/LocalText"},
          "regions": {"type": "array", "items": {"$ref": "#/components/schemas/RegionCode"},
                      "description": "Where it is on."}
        },
        "additionalProperties": false
      }
    },
    "next": {"type": "null"}
  },
  "additionalProperties": false
})";

constexpr const char* kRegionList = R"({
  "type": "object",
  "required": ["items", "next"],
  "properties": {
    "items": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["name", "title"],
        "properties": {
          "name": {"type": "string"},
          "title": {"$ref": "#/components/schemas/LocalText"}
        },
        "additionalProperties": false
      }
    },
    "next": {"type": "null"}
  },
  "additionalProperties": false
})";

constexpr const char* kSwitch = R"({
  "type": "object",
  "required": ["name", "title", "version", "availability", "locked", "problem", "regions"],
  "properties": {
    "name": {"type": "string"},
    "title": {"$ref": "#/components/schemas/LocalText"},
    "version": {"type": "string"},
    "availability": {"$ref": "#/components/schemas/PluginAvailability"},
    "locked": {"type": "boolean", "description": "Regions can not change it."},
    "problem": {"type": ["string", "null"], "description": "Why it can not be used."},
    "regions": {"type": "array", "items": {"$ref": "#/components/schemas/RegionCode"}}
  },
  "additionalProperties": false
})";

constexpr const char* kWish = R"({
  "type": "object",
  "required": ["availability", "locked"],
  "properties": {
    "availability": {"$ref": "#/components/schemas/PluginAvailability"},
    "locked": {"type": "boolean"}
  }
})";

constexpr const char* kRegionSwitch = R"({
  "type": "object",
  "required": ["name", "title", "region", "availability", "locked", "enabled", "active"],
  "properties": {
    "name": {"type": "string"},
    "title": {"$ref": "#/components/schemas/LocalText"},
    "region": {"$ref": "#/components/schemas/RegionCode"},
    "availability": {"$ref": "#/components/schemas/PluginAvailability"},
    "locked": {"type": "boolean"},
    "enabled": {"type": ["boolean", "null"],
                "description": "What the region chose; null when it has chosen nothing."},
    "active": {"type": "boolean", "description": "Whether it is on, all things considered."}
  },
  "additionalProperties": false
})";

constexpr const char* kRegionWish = R"({
  "type": "object",
  "required": ["enabled"],
  "properties": {"enabled": {"type": "boolean"}}
})";

}  // namespace

void describeSchemas(Registry& registry) {
  registry.schema("PluginAvailability", kAvailability);
  registry.schema("PluginList", kList);
  registry.schema("RegionPluginList", kRegionList);
  registry.schema("PluginSwitch", kSwitch);
  registry.schema("PluginSwitchWish", kWish);
  registry.schema("RegionPluginSwitch", kRegionSwitch);
  registry.schema("RegionPluginSwitchWish", kRegionWish);
}

}  // namespace toimela::plugins
