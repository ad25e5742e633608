#include "view/people_json.h"

#include <nlohmann/json.hpp>

namespace toimela::contacts::view {

namespace {

using Json = nlohmann::ordered_json;

Json json(const LocalText& text) { return {{"fi", text.fi}, {"sv", text.sv}, {"en", text.en}}; }

template <class T>
Json textOrNull(const std::optional<T>& value) {
  return value ? Json(value->text()) : Json(nullptr);
}

Json json(const store::PersonPlace& place) {
  return {{"network", {{"id", place.where.network.text()}, {"name", json(place.networkName)}}},
          {"organisation",
           {{"id", place.organisation.text()}, {"name", json(place.organisationName)}}},
          {"role", code(place.role)},
          {"region", textOrNull(place.region)}};
}

Json json(const SeenPerson& person) {
  const Profile& profile = person.card.profile;
  Json document{{"id", person.card.person.id.text()},
                {"givenName", person.card.person.givenName},
                {"familyName", person.card.person.familyName},
                {"places", Json::array()},
                {"expertise", profile.expertise},
                {"languages", profile.languages},
                {"targetGroups", profile.targetGroups},
                {"help", json(profile.help)}};
  for (const auto& place : person.card.places) document["places"].push_back(json(place));
  if (!person.email.empty()) document["email"] = person.email;
  if (!person.phone.empty()) document["phone"] = person.phone;
  return document;
}

Json texts() { return {{"type", "array"}, {"items", {{"type", "string"}}}}; }

Json localText() {
  const Json text{{"type", "string"}};
  return {{"type", "object"}, {"properties", {{"fi", text}, {"sv", text}, {"en", text}}}};
}

Json named() {
  return {{"type", "object"},
          {"required", {"id", "name"}},
          {"properties", {{"id", {{"type", "string"}}}, {"name", localText()}}}};
}

Json placeSchema() {
  return {{"type", "object"},
          {"required", {"network", "organisation", "role", "region"}},
          {"properties",
           {{"network", named()},
            {"organisation", named()},
            {"role", {{"enum", {"contact_person", "deputy", "member"}}}},
            {"region", {{"type", {"string", "null"}}}}}}};
}

Json personSchema() {
  const Json text{{"type", "string"}};
  return {{"type", "object"},
          {"required", {"id", "givenName", "familyName", "places", "expertise", "languages",
                        "targetGroups", "help"}},
          {"properties",
           {{"id", text},
            {"givenName", text},
            {"familyName", text},
            {"places", {{"type", "array"}, {"items", placeSchema()}}},
            {"expertise", texts()},
            {"languages", texts()},
            {"targetGroups", texts()},
            {"help", localText()},
            {"email", {{"type", "string"}, {"description", "Only where the reader may see it."}}},
            {"phone", {{"type", "string"}, {"description", "Only where the reader may see it."}}}}}};
}

Json peopleSchema() {
  return {{"type", "object"},
          {"required", {"items", "next"}},
          {"properties",
           {{"items",
             {{"type", "array"}, {"items", {{"$ref", "#/components/schemas/ContactsPerson"}}}}},
            {"next",
             {{"type", {"string", "null"}},
              {"description", "What to give as `after` for the next page."}}}}}};
}

}  // namespace

std::string peopleJson(const std::vector<SeenPerson>& people, const std::string& next) {
  Json items = Json::array();
  for (const auto& person : people) items.push_back(json(person));
  return Json{{"items", items}, {"next", next.empty() ? Json(nullptr) : Json(next)}}.dump();
}

std::string personJson(const SeenPerson& person) { return json(person).dump(); }

std::string profileJson(const Profile& profile) {
  return Json{{"expertise", profile.expertise},
              {"languages", profile.languages},
              {"targetGroups", profile.targetGroups},
              {"help", json(profile.help)},
              {"emailShownTo", code(profile.levels.email)},
              {"phoneShownTo", code(profile.levels.phone)}}
      .dump();
}

std::vector<std::pair<std::string, std::string>> peopleSchemas() {
  return {{"ContactsPerson", personSchema().dump()}, {"ContactsPeople", peopleSchema().dump()}};
}

}  // namespace toimela::contacts::view
