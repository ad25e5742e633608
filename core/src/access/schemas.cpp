#include "access/schemas.h"

#include "kit/json_schema.h"

namespace toimela::access {

namespace {

using namespace schema;

Properties nameAndAddress() {
  return {{"id", ref("Id")},
          {"givenName", text()},
          {"familyName", text()},
          {"email", text("email")}};
}

/// Name and address, and more of a person.
Json person(const Properties& more) {
  Properties all = nameAndAddress();
  all.insert(all.end(), more.begin(), more.end());
  return answer(all);
}

Properties period() { return {{"from", text("date")}, {"to", orNull(text("date"))}}; }

/// What is held for a while.
Json dated(Properties what) {
  for (const Property& part : period()) what.push_back(part);
  return answer(what);
}

const Json kLanguage = Json{{"enum", {"fi", "sv", "en"}}};

Json token() {
  return answer({{"name", text()},
                 {"scopes", listOf(text())},
                 {"createdAt", text("date-time")},
                 {"expiresAt", text("date-time")}});
}

}  // namespace

void describeSchemas(Registry& registry) {
  registry.schema("PersonSummary",
                  person({{"disabled", described(flag(), "The account is closed.")}}).dump());
  registry.schema("Role", oneOf({"national_admin", "regional_admin", "contact_person",
                                 "organisation_rep", "member"})
                              .dump());
  registry.schema(
      "Grant",
      described(dated({{"role", ref("Role")},
                       {"region", orNull(ref("RegionCode"))},
                       {"organisation", orNull(ref("OrganisationName"))}}),
                "A role at a place; neither region nor organisation means the whole nation.")
          .dump());
  registry.schema("OrganisationName",
                  answer({{"id", ref("Id")}, {"name", ref("LocalText")}}).dump());
  registry.schema("Position", dated({{"organisation", ref("OrganisationName")},
                                     {"title", ref("LocalText")}})
                                  .dump());
  registry.schema("Person", person({{"phone", text()},
                                    {"language", kLanguage},
                                    {"disabled", flag()},
                                    {"organisations", listOf(ref("Position"))},
                                    {"grants", listOf(ref("Grant"))}})
                                .dump());
  registry.schema(
      "Me",
      person({{"phone", text()},
              {"language", kLanguage},
              {"organisations", listOf(ref("Position"))},
              {"grants", listOf(ref("Grant"))},
              {"token",
               described(Json{{"oneOf", Json::array({Json{{"type", "null"}}, token()})}},
                         "The access token of this request; null for a browser's session.")}})
          .dump());
}

}  // namespace toimela::access
