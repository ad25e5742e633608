// What the API's description says of events: JSON Schema, draft 2020-12.
#include <nlohmann/json.hpp>

#include "view/json.h"

namespace toimela::events::view {

namespace {

using Json = nlohmann::ordered_json;

const Json kText{{"type", "string"}}, kId{{"type", "string"}, {"pattern", "^[0-9]+$"}};
const Json kInstant{{"type", "string"}, {"format", "date-time"}};
const Json kOptionalInstant{{"type", {"string", "null"}}, {"format", "date-time"}};
const Json kCount{{"type", "integer"}, {"minimum", 0}};
const Json kOptionalCount{{"type", {"integer", "null"}}, {"minimum", 0}};
const Json kOptionalText{{"type", {"string", "null"}}};
const Json kFlag{{"type", "boolean"}};

Json object(Json properties) {
  Json required = Json::array();
  for (const auto& [name, schema] : properties.items()) required.push_back(name);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}
Json listOf(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
Json localText() { return object({{"fi", kText}, {"sv", kText}, {"en", kText}}); }
Json reference(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string(name)}};
}
template <class Values>
Json oneOf(const Values& values) {
  Json codes = Json::array();
  for (const auto value : values) codes.push_back(code(value));
  return {{"type", "string"}, {"enum", std::move(codes)}};
}

Json summaryProperties() {
  return {{"id", kId},
          {"title", localText()},
          {"summary", localText()},
          {"kind", oneOf(kEventKinds)},
          {"status", oneOf(kEventStatuses)},
          {"attendance", oneOf(kAttendances)},
          {"region", kOptionalText},
          {"place", localText()},
          {"municipality", kOptionalText},
          {"startsAt", kInstant},
          {"endsAt", kInstant},
          {"capacity", kOptionalCount},
          {"taken", kCount}};
}

Json session() {
  return object({{"id", kId},
                 {"title", localText()},
                 {"text", localText()},
                 {"speakers", localText()},
                 {"room", kText},
                 {"startsAt", kInstant},
                 {"endsAt", kInstant},
                 {"chosen", kFlag},
                 {"capacity", kOptionalCount}});
}

Json event() {
  Json properties = summaryProperties();
  properties.update(Json{{"description", localText()},
                         {"address", kText},
                         {"accessibility", localText()},
                         {"opensAt", kOptionalInstant},
                         {"closesAt", kOptionalInstant},
                         {"ceiling", kOptionalCount},
                         {"waitingList", kFlag},
                         {"approvesFirst", kFlag},
                         {"sessions", listOf(reference("EventsSession"))},
                         {"revision", kCount}});
  return object(std::move(properties));
}

Json participantProperties() {
  return {{"id", kId},
          {"name", kText},
          {"email", kOptionalText},
          {"state", oneOf(kPlaceStates)},
          {"sessions", listOf(kId)},
          {"offerUntil", kOptionalInstant},
          {"attendedAt", kOptionalInstant},
          {"code", {{"type", "string"}, {"description", "What the QR code of the place says"}}}};
}

Json registration() {
  return object({{"id", kId},
                 {"event", kId},
                 {"organisation", kOptionalText},
                 {"name", kText},
                 {"email", kText},
                 {"mode", {{"enum", {"together", "each"}}}},
                 {"participants", listOf(reference("EventsPlace"))}});
}

Json participantRow() {
  Json properties = participantProperties();
  properties["registration"] = kId;
  properties["registeredBy"] = object({{"name", kText}, {"email", kText}});
  properties["organisation"] = kText;
  properties["registeredAt"] = kInstant;
  return object(std::move(properties));
}

Json newRegistration() {
  Json person = object({{"name", kText}});
  person["properties"]["email"] = kText;
  person["properties"]["sessions"] = listOf(kId);
  Json schema = object({{"participants", listOf(std::move(person))}});
  schema["properties"]["organisation"] = {
      {"type", "string"},
      {"description", "Id of an organisation that the token's person acts for; without it they come by themselves"}};
  schema["properties"]["phone"] = kText;
  schema["properties"]["mode"] = {
      {"enum", {"together", "each"}},
      {"description", "When there is not room for everybody: all or nobody, or as many as fit (the default)"}};
  return schema;
}

}  // namespace

void addSchemas(Registry& registry) {
  registry.schema("EventsSummary", object(summaryProperties()).dump());
  registry.schema("EventsSession", session().dump());
  registry.schema("EventsEvent", event().dump());
  registry.schema("EventsPlace", object(participantProperties()).dump());
  registry.schema("EventsRegistration", registration().dump());
  registry.schema("EventsRegistrationNew", newRegistration().dump());
  registry.schema("EventsParticipant", participantRow().dump());
  registry.schema("EventsCheckIn", object({{"code", kText}}).dump());
}

}  // namespace toimela::events::view
