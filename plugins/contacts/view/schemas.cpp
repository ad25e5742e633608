#include <nlohmann/json.hpp>

#include "view/json.h"

namespace toimela::contacts::view {

namespace {

using Json = nlohmann::ordered_json;

const Json kText{{"type", "string"}}, kCount{{"type", "integer"}, {"minimum", 0}};
const Json kId{{"type", "string"}, {"pattern", "^[0-9]+$"}};
const Json kDay{{"type", "string"}, {"format", "date"}};
const Json kOptionalDay{{"type", {"string", "null"}}, {"format", "date"}};
const Json kInstant{{"type", {"string", "null"}}, {"format", "date-time"}};
const Json kRegion{{"type", {"string", "null"}},
                   {"pattern", "^[0-9]{2}$"},
                   {"description", "Statistics Finland's code of the region"}};

Json object(Json properties, std::vector<std::string> required = {}) {
  Json schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = required;
  return schema;
}

Json localText() { return object({{"fi", kText}, {"sv", kText}, {"en", kText}}); }

template <class Values>
Json oneOf(const Values& values) {
  Json codes = Json::array();
  for (auto value : values) codes.push_back(code(value));
  return {{"type", "string"}, {"enum", codes}};
}

Json named() { return object({{"id", kId}, {"name", localText()}}, {"id", "name"}); }

Json person() {
  return {{"type", {"object", "null"}},
          {"properties", {{"id", kId}, {"name", kText}, {"email", kText}, {"phone", kText}}},
          {"description", "Null, or without contact details, for those who may not see more"}};
}

Json networkSummary() {
  return object({{"id", kId},
                 {"name", localText()},
                 {"kind", oneOf(kNetworkKinds)},
                 {"region", kRegion},
                 {"people", kCount},
                 {"organisations", kCount}},
                {"id", "name", "kind", "region"});
}

Json network() {
  Json schema = networkSummary();
  schema["properties"]["purpose"] = localText();
  schema["properties"]["revision"] = kCount;
  schema["properties"]["regions"] = kCount;
  schema["properties"]["contactPersons"] = kCount;
  return schema;
}

Json newNetwork() {
  return object({{"name", localText()},
                 {"purpose", localText()},
                 {"kind", oneOf(kNetworkKinds)},
                 {"place", {{"type", "string"}, {"description", "a region's code, or nation"}}}},
                {"name", "kind", "place"});
}

Json networkEdit() {
  return object({{"name", localText()},
                 {"purpose", localText()},
                 {"kind", oneOf(kNetworkKinds)},
                 {"coordinator", {{"type", "string"}, {"description", "id of a person, or empty"}}},
                 {"revision", kCount}},
                {"name", "kind", "revision"});
}

Json member() {
  return object({{"id", kId},
                 {"person", person()},
                 {"organisation", named()},
                 {"role", oneOf(kMemberRoles)},
                 {"region", kRegion},
                 {"from", kDay},
                 {"to", kOptionalDay},
                 {"revision", kCount}},
                {"id", "person", "organisation", "role", "region", "from", "to"});
}

Json membershipFields() {
  return {{"organisation",
           {{"type", "string"}, {"description", "id, business id or the full name"}}},
          {"role", oneOf(kMemberRoles)},
          {"region", kRegion},
          {"from", kDay},
          {"to", kOptionalDay}};
}

Json newMember() {
  Json fields = membershipFields();
  fields["email"] = {{"type", "string"}, {"format", "email"}};
  fields["given_name"] = kText;
  fields["family_name"] = kText;
  return object(fields, {"email", "organisation", "role", "from"});
}

Json newInvitation() {
  Json fields = membershipFields();
  fields["email"] = {{"type", "string"}, {"format", "email"}};
  fields["given_name"] = kText;
  fields["family_name"] = kText;
  fields["language"] = {{"type", "string"}, {"enum", {"fi", "sv", "en"}}};
  return object(fields, {"email", "given_name", "family_name", "language", "organisation", "role"});
}

Json memberEdit() {
  Json fields = membershipFields();
  fields["revision"] = kCount;
  return object(fields, {"organisation", "role", "from", "revision"});
}

Json application() {
  return object({{"id", kId},
                 {"network", named()},
                 {"person", object({{"id", kId}, {"name", kText}, {"email", kText}})},
                 {"organisation", named()},
                 {"role", oneOf(kMemberRoles)},
                 {"region", kRegion},
                 {"message", kText},
                 {"state", oneOf(kApplicationStates)},
                 {"reason", kText},
                 {"createdAt", kInstant},
                 {"decidedAt", kInstant}},
                {"id", "network", "person", "organisation", "role", "state"});
}

Json newApplication() {
  return object({{"organisation", kText},
                 {"role", oneOf(kMemberRoles)},
                 {"region", kRegion},
                 {"message", kText}},
                {"organisation", "role"});
}

}  // namespace

std::vector<std::pair<std::string, std::string>> schemas() {
  return {
      {"ContactsNetworkSummary", networkSummary().dump()},
      {"ContactsNetwork", network().dump()},
      {"ContactsNetworkNew", newNetwork().dump()},
      {"ContactsNetworkEdit", networkEdit().dump()},
      {"ContactsMember", member().dump()},
      {"ContactsMemberNew", newMember().dump()},
      {"ContactsInvitationNew", newInvitation().dump()},
      {"ContactsInvitation", object({{"id", kId}}, {"id"}).dump()},
      {"ContactsMemberEdit", memberEdit().dump()},
      {"ContactsApplication", application().dump()},
      {"ContactsApplicationNew", newApplication().dump()},
      {"ContactsAcceptance", object({{"from", kDay}, {"to", kOptionalDay}}, {"from"}).dump()},
      {"ContactsRefusal", object({{"reason", kText}}, {"reason"}).dump()},
      {"ContactsImport", object({{"file", kText}, {"mark", kText}}, {"file"}).dump()},
      {"ContactsImportPlan",
       object({{"imported", {{"type", "boolean"}}},
               {"additions", kCount},
               {"mark", kText},
               {"rows",
                {{"type", "array"},
                 {"items", object({{"row", kCount},
                                   {"email", kText},
                                   {"outcome", {{"type", "string"},
                                                {"enum", {"new_person", "known_person", "already_member", "wrong"}}}},
                                   {"faults", {{"type", "array"}, {"items", kText}}},
                                   {"suggestions", {{"type", "array"}, {"items", kText}}}},
                                  {"row", "outcome", "faults"})}}}},
              {"imported", "additions", "mark", "rows"})
           .dump()},
      {"ContactsCoverage",
       object({{"followed", {{"type", "boolean"}}},
               {"items",
                {{"type", "array"},
                 {"items", object({{"region", kRegion},
                                   {"state", kText},
                                   {"organisations", kCount},
                                   {"least", kCount},
                                   {"most", {{"type", {"integer", "null"}}}},
                                   {"missing", kCount}})}}}},
              {"followed", "items"})
           .dump()},
  };
}

}  // namespace toimela::contacts::view
