#include "access/schemas.h"

namespace toimela::access {

namespace {

constexpr const char* kPersonSummary = R"({
  "type": "object",
  "required": ["id", "givenName", "familyName", "email", "disabled"],
  "properties": {
    "id": {"$ref": "#/components/schemas/Id"},
    "givenName": {"type": "string"},
    "familyName": {"type": "string"},
    "email": {"type": "string", "format": "email"},
    "disabled": {"type": "boolean", "description": "The account is closed."}
  },
  "additionalProperties": false
})";

constexpr const char* kGrant = R"({
  "type": "object",
  "description": "A role at a place; neither region nor organisation means the whole nation.",
  "required": ["role", "region", "organisation", "from", "to"],
  "properties": {
    "role": {"$ref": "#/components/schemas/Role"},
    "region": {"oneOf": [{"$ref": "#/components/schemas/RegionCode"}, {"type": "null"}]},
    "organisation": {"oneOf": [{"$ref": "#/components/schemas/OrganisationName"}, {"type": "null"}]},
    "from": {"type": "string", "format": "date"},
    "to": {"type": ["string", "null"], "format": "date"}
  },
  "additionalProperties": false
})";

constexpr const char* kRole = R"({
  "type": "string",
  "enum": ["national_admin", "regional_admin", "contact_person", "organisation_rep", "member"]
})";

constexpr const char* kOrganisationName = R"({
  "type": "object",
  "required": ["id", "name"],
  "properties": {
    "id": {"$ref": "#/components/schemas/Id"},
    "name": {"$ref": "#/components/schemas/LocalText"}
  },
  "additionalProperties": false
})";

constexpr const char* kPosition = R"({
  "type": "object",
  "required": ["organisation", "title", "from", "to"],
  "properties": {
    "organisation": {"$ref": "#/components/schemas/OrganisationName"},
    "title": {"$ref": "#/components/schemas/LocalText"},
    "from": {"type": "string", "format": "date"},
    "to": {"type": ["string", "null"], "format": "date"}
  },
  "additionalProperties": false
})";

constexpr const char* kPerson = R"({
  "type": "object",
  "required": ["id", "givenName", "familyName", "email", "phone", "language", "disabled",
               "organisations", "grants"],
  "properties": {
    "id": {"$ref": "#/components/schemas/Id"},
    "givenName": {"type": "string"},
    "familyName": {"type": "string"},
    "email": {"type": "string", "format": "email"},
    "phone": {"type": "string"},
    "language": {"enum": ["fi", "sv", "en"]},
    "disabled": {"type": "boolean"},
    "organisations": {"type": "array", "items": {"$ref": "#/components/schemas/Position"}},
    "grants": {"type": "array", "items": {"$ref": "#/components/schemas/Grant"}}
  },
  "additionalProperties": false
})";

constexpr const char* kMe = R"({
  "type": "object",
  "required": ["id", "givenName", "familyName", "email", "phone", "language", "organisations",
               "grants", "token"],
  "properties": {
    "id": {"$ref": "#/components/schemas/Id"},
    "givenName": {"type": "string"},
    "familyName": {"type": "string"},
    "email": {"type": "string", "format": "email"},
    "phone": {"type": "string"},
    "language": {"enum": ["fi", "sv", "en"]},
    "organisations": {"type": "array", "items": {"$ref": "#/components/schemas/Position"}},
    "grants": {"type": "array", "items": {"$ref": "#/components/schemas/Grant"}},
    "token": {
      "description": "The access token of this request; null for a browser's session.",
      "oneOf": [
        {"type": "null"},
        {"type": "object",
         "required": ["name", "scopes", "createdAt", "expiresAt"],
         "properties": {
           "name": {"type": "string"},
           "scopes": {"type": "array", "items": {"type": "string"}},
           "createdAt": {"type": "string", "format": "date-time"},
           "expiresAt": {"type": "string", "format": "date-time"}
         },
         "additionalProperties": false}
      ]
    }
  },
  "additionalProperties": false
})";

}  // namespace

void describeSchemas(Registry& registry) {
  registry.schema("PersonSummary", kPersonSummary);
  registry.schema("Role", kRole);
  registry.schema("Grant", kGrant);
  registry.schema("OrganisationName", kOrganisationName);
  registry.schema("Position", kPosition);
  registry.schema("Person", kPerson);
  registry.schema("Me", kMe);
}

}  // namespace toimela::access
