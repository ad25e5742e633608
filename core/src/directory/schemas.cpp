#include "directory/schemas.h"

namespace toimela::directory {

namespace {

constexpr const char* kSector = R"({
  "type": "string",
  "enum": ["association", "foundation", "municipality", "state", "school", "company", "other"]
})";

constexpr const char* kOrganisation = R"({
  "type": "object",
  "required": ["id", "name", "sector", "region", "municipality", "businessId", "registerNumber",
               "website", "summary", "revision"],
  "properties": {
    "id": {"$ref": "#/components/schemas/Id"},
    "name": {"$ref": "#/components/schemas/LocalText"},
    "sector": {"$ref": "#/components/schemas/Sector"},
    "region": {"$ref": "#/components/schemas/RegionCode"},
    "municipality": {"type": ["string", "null"], "pattern": "^[0-9]{3}$"},
    "businessId": {"type": ["string", "null"], "pattern": "^[0-9]{7}-[0-9]$"},
    "registerNumber": {"type": ["string", "null"]},
    "website": {"type": ["string", "null"]},
    "summary": {"$ref": "#/components/schemas/LocalText"},
    "revision": {"type": "integer", "minimum": 1, "description": "Raised by every change."}
  },
  "additionalProperties": false
})";

constexpr const char* kOrganisationNew = R"({
  "type": "object",
  "required": ["region", "name", "sector"],
  "properties": {
    "region": {"type": "string", "description": "Code or slug: 06, pirkanmaa."},
    "name": {"$ref": "#/components/schemas/LocalTextWish"},
    "sector": {"$ref": "#/components/schemas/Sector"},
    "municipality": {"type": ["string", "null"], "description": "Code of one in the region."},
    "businessId": {"type": ["string", "null"]},
    "registerNumber": {"type": ["string", "null"], "maxLength": 40},
    "website": {"type": ["string", "null"], "maxLength": 300},
    "summary": {"$ref": "#/components/schemas/LocalTextWish"}
  }
})";

constexpr const char* kOrganisationChange = R"({
  "type": "object",
  "description": "The whole card: what does not come is emptied. Region and id stay as they are.",
  "required": ["name", "sector", "revision"],
  "properties": {
    "name": {"$ref": "#/components/schemas/LocalTextWish"},
    "sector": {"$ref": "#/components/schemas/Sector"},
    "municipality": {"type": ["string", "null"], "description": "Code of one in the region."},
    "businessId": {"type": ["string", "null"]},
    "registerNumber": {"type": ["string", "null"], "maxLength": 40},
    "website": {"type": ["string", "null"], "maxLength": 300},
    "summary": {"$ref": "#/components/schemas/LocalTextWish"},
    "revision": {"type": "integer", "minimum": 1, "description": "The one that was read; 409 if it is not the stored one any more."}
  }
})";

constexpr const char* kRegion = R"({
  "type": "object",
  "required": ["code", "slug", "name", "tile"],
  "properties": {
    "code": {"$ref": "#/components/schemas/RegionCode"},
    "slug": {"type": "string", "description": "Stands in addresses."},
    "name": {"$ref": "#/components/schemas/LocalText"},
    "tile": {
      "type": "object",
      "description": "Its place on the tile map.",
      "required": ["column", "row"],
      "properties": {"column": {"type": "integer"}, "row": {"type": "integer"}},
      "additionalProperties": false
    }
  },
  "additionalProperties": false
})";

constexpr const char* kRegionList = R"({
  "type": "object",
  "required": ["items", "next"],
  "properties": {
    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Region"}},
    "next": {"type": "null"}
  },
  "additionalProperties": false
})";

constexpr const char* kMunicipality = R"({
  "type": "object",
  "required": ["code", "name", "region"],
  "properties": {
    "code": {"type": "string", "pattern": "^[0-9]{3}$"},
    "name": {"$ref": "#/components/schemas/LocalText"},
    "region": {"$ref": "#/components/schemas/RegionCode"}
  },
  "additionalProperties": false
})";

}  // namespace

void describeSchemas(Registry& registry) {
  registry.schema("Sector", kSector);
  registry.schema("Organisation", kOrganisation);
  registry.schema("OrganisationNew", kOrganisationNew);
  registry.schema("OrganisationChange", kOrganisationChange);
  registry.schema("Region", kRegion);
  registry.schema("RegionList", kRegionList);
  registry.schema("Municipality", kMunicipality);
}

}  // namespace toimela::directory
