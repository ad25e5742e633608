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

Json question() {
  Json option = object({{"key", kText}, {"label", localText()}});
  Json condition = object({{"key", kText}, {"value", kText}});
  condition["type"] = {"object", "null"};
  return object({{"key", kText},
                 {"kind", oneOf(kQuestionKinds)},
                 {"askedOf", oneOf(kAskedOfWhom)},
                 {"label", localText()},
                 {"hint", localText()},
                 {"required", kFlag},
                 {"options", listOf(std::move(option))},
                 {"condition", std::move(condition)}});
}

Json material() {
  Json file = object({{"name", kText}, {"type", kText}, {"bytes", kCount}, {"path", kText}});
  file["type"] = {"object", "null"};
  return object({{"id", kId},
                 {"title", localText()},
                 {"session", kOptionalText},
                 {"audience", oneOf(kMaterialAudiences)},
                 {"link", kOptionalText},
                 {"file", std::move(file)}});
}

/// Answers by the keys of questions.
Json answersGiven() {
  return {{"type", "object"}, {"additionalProperties", listOf(kText)}, {"description", "By the keys of questions; a file by its name"}};
}
Json answersWish() {
  return {{"type", "object"},
          {"additionalProperties", {{"anyOf", {kText, listOf(kText)}}}},
          {"description", "By the keys of the event's questions; choices by their keys. Files come by the page only"}};
}

Json coOrganisers() { return object({{"regions", listOf(kText)}, {"organisations", listOf(kId)}}); }

Json event() {
  Json picture = object({{"path", kText}, {"alternative", localText()}});
  picture["type"] = {"object", "null"};
  Json series = object({{"id", kId}, {"title", localText()}});
  series["type"] = {"object", "null"};
  Json properties = summaryProperties();
  properties.update(Json{{"description", localText()},
                         {"address", kText},
                         {"accessibility", localText()},
                         {"opensAt", kOptionalInstant},
                         {"closesAt", kOptionalInstant},
                         {"ceiling", kOptionalCount},
                         {"waitingList", kFlag},
                         {"approvesFirst", kFlag},
                         {"offerHours", kOptionalCount},
                         {"visibility", oneOf(kVisibilities)},
                         {"onlineLink", {{"type", {"string", "null"}},
                                         {"description", "Only for those who organise the event"}}},
                         {"organiser", kOptionalText},
                         {"contactName", kText},
                         {"contactEmail", kText},
                         {"contactPhone", kText},
                         {"project", kText},
                         {"retentionDays", {{"type", "integer"}, {"minimum", 1}}},
                         {"sessions", listOf(reference("EventsSession"))},
                         {"questions", listOf(question())},
                         {"materials", listOf(reference("EventsMaterial"))},
                         {"picture", std::move(picture)},
                         {"series", std::move(series)},
                         {"coOrganisers", reference("EventsCoOrganisers")},
                         {"revision", kCount}});
  return object(std::move(properties));
}

Json participantProperties() {
  return {{"id", kId},
          {"name", kText},
          {"email", kOptionalText},
          {"state", oneOf(kPlaceStates)},
          {"sessions", listOf(kId)},
          {"answers", answersGiven()},
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
                 {"answers", answersGiven()},
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
  person["properties"]["answers"] = answersWish();
  Json schema = object({{"participants", listOf(std::move(person))}});
  schema["properties"]["organisation"] = {
      {"type", "string"},
      {"description", "Id of an organisation that the token's person acts for; without it they come by themselves"}};
  schema["properties"]["phone"] = kText;
  schema["properties"]["answers"] = answersWish();
  schema["properties"]["mode"] = {
      {"enum", {"together", "each"}},
      {"description", "When there is not room for everybody: all or nobody, or as many as fit (the default)"}};
  return schema;
}

Json textWish() { return {{"$ref", "#/components/schemas/LocalTextWish"}}; }

/// What an event is saved with: what is left out is emptied.
Json eventWish(bool isNew) {
  Json schema = object({{"title", textWish()},
                        {"kind", oneOf(kEventKinds)},
                        {"startsAt", kInstant},
                        {"endsAt", kInstant},
                        {"attendance", oneOf(kAttendances)},
                        {"visibility", oneOf(kVisibilities)}});
  Json& properties = schema["properties"];
  for (const char* name : {"summary", "description", "place", "accessibility"}) properties[name] = textWish();
  for (const char* name : {"address", "contactName", "contactEmail", "contactPhone", "project"})
    properties[name] = kText;
  properties["municipality"] = kOptionalText;
  properties["onlineLink"] = kOptionalText;
  properties["organiser"] = {{"type", {"string", "null"}}, {"description", "Id of an organisation"}};
  properties["opensAt"] = kOptionalInstant;
  properties["closesAt"] = kOptionalInstant;
  for (const char* name : {"capacity", "ceiling", "offerHours"}) properties[name] = kOptionalCount;
  for (const char* name : {"waitingList", "approvesFirst"}) properties[name] = kFlag;
  properties["retentionDays"] = {{"type", "integer"},
                                 {"minimum", 1},
                                 {"description", "Of a draft; does not change once it is published"}};
  if (isNew) {
    properties["region"] = {{"type", {"string", "null"}},
                            {"description", "Code or name of a region; null or left out for the whole country"}};
  } else {
    properties["revision"] = {{"type", "integer"}, {"description", "The one that was read"}};
    schema["required"].push_back("revision");
  }
  return schema;
}

Json sessionWish() {
  Json schema = object({{"title", textWish()}, {"startsAt", kInstant}, {"endsAt", kInstant}});
  for (const char* name : {"text", "speakers"}) schema["properties"][name] = textWish();
  schema["properties"]["room"] = kText;
  schema["properties"]["chosen"] = {{"type", "boolean"}, {"description", "A workshop, with places of its own"}};
  schema["properties"]["capacity"] = kOptionalCount;
  return schema;
}

Json materialWish() {
  Json schema = object({{"title", textWish()}, {"link", kText}, {"audience", oneOf(kMaterialAudiences)}});
  schema["properties"]["session"] = kOptionalText;
  return schema;
}

Json feedbackSummary() {
  Json answer = object({{"text", kText}, {"language", kText}, {"name", kOptionalText}});
  return object({{"answers", kCount},
                 {"mean", {{"type", {"number", "null"}}, {"minimum", 1}, {"maximum", 4}}},
                 {"ratings", object({{"1", kCount}, {"2", kCount}, {"3", kCount}, {"4", kCount}})},
                 {"partnerAnswers", kCount},
                 {"partnerShare", {{"type", {"number", "null"}}, {"minimum", 0}, {"maximum", 1}}},
                 {"named", kFlag},
                 {"openAnswers", listOf(std::move(answer))}});
}

Json feedbackWish() {
  Json schema = object({{"rating", {{"type", "integer"}, {"minimum", 1}, {"maximum", 4}}}});
  schema["properties"]["partners"] = {{"enum", {"yes", "no", nullptr}},
                                      {"description", "Did they find new partners?"}};
  schema["properties"]["answer"] = kText;
  return schema;
}

}  // namespace

void addSchemas(Registry& registry) {
  registry.schema("EventsSummary", object(summaryProperties()).dump());
  registry.schema("EventsSession", session().dump());
  registry.schema("EventsEvent", event().dump());
  registry.schema("EventsMaterial", material().dump());
  registry.schema("EventsMaterialWish", materialWish().dump());
  registry.schema("EventsCoOrganisers", coOrganisers().dump());
  registry.schema("EventsPlace", object(participantProperties()).dump());
  registry.schema("EventsRegistration", registration().dump());
  registry.schema("EventsRegistrationNew", newRegistration().dump());
  registry.schema("EventsParticipant", participantRow().dump());
  registry.schema("EventsCheckIn", object({{"code", kText}}).dump());
  registry.schema("EventsEventNew", eventWish(true).dump());
  registry.schema("EventsEventEdit", eventWish(false).dump());
  registry.schema("EventsSessionWish", sessionWish().dump());
  registry.schema("EventsReason", object({{"reason", kText}}).dump());
  registry.schema("EventsFeedback", feedbackSummary().dump());
  registry.schema("EventsFeedbackNew", feedbackWish().dump());
}

}  // namespace toimela::events::view
