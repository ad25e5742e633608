#include "claims/handlers.h"

namespace toimela::claims {

namespace {

constexpr const char* kClaim = R"({
  "type": "object",
  "required": ["id", "state", "person", "organisation", "title", "message", "reason", "asked", "decided"],
  "properties": {
    "id": {"$ref": "#/components/schemas/Id"},
    "state": {"type": "string", "enum": ["open", "approved", "declined", "withdrawn"]},
    "person": {
      "type": ["object", "null"],
      "required": ["id", "name", "email"],
      "properties": {
        "id": {"$ref": "#/components/schemas/Id"},
        "name": {"type": "string"},
        "email": {"type": "string"}
      }
    },
    "organisation": {
      "type": "object",
      "description": "As it is in the directory; without an id while it is only proposed.",
      "required": ["id", "name", "businessId", "region"],
      "properties": {
        "id": {"type": ["string", "null"]},
        "name": {"$ref": "#/components/schemas/LocalText"},
        "businessId": {"type": ["string", "null"], "pattern": "^[0-9]{7}-[0-9]$"},
        "region": {"$ref": "#/components/schemas/RegionCode"}
      }
    },
    "title": {"type": "string", "description": "What the person does there, in their own words."},
    "message": {"type": "string"},
    "reason": {"type": "string", "description": "Why it was declined."},
    "asked": {"type": "string", "format": "date-time"},
    "decided": {"type": ["string", "null"], "format": "date-time"}
  },
  "additionalProperties": false
})";

constexpr const char* kClaimDecline = R"({
  "type": "object",
  "required": ["reason"],
  "properties": {"reason": {"type": "string", "maxLength": 1000, "description": "Mailed to the applicant."}}
})";

}  // namespace

void describeSchemas(Registry& registry) {
  registry.schema("Claim", kClaim);
  registry.schema("ClaimDecline", kClaimDecline);
}

}  // namespace toimela::claims
