#include "view/result_schemas.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "domain/exercise.h"
#include "domain/ranking.h"

namespace toimela::trendcards::view {

namespace {

using Json = nlohmann::ordered_json;

const Json kText{{"type", "string"}}, kId{{"type", "string"}, {"pattern", "^[0-9]+$"}};
const Json kCount{{"type", "integer"}, {"minimum", 0}};
const Json kFlag{{"type", "boolean"}};
const Json kWeight{{"type", "number"}, {"minimum", 0}, {"maximum", 100},
                   {"description", "mean share of the same people's other cards behind it; 50: as important as others"}};
const Json kShare{{"type", {"number", "null"}}, {"minimum", 0}, {"maximum", 1}};
const Json kScale{{"type", "number"}, {"minimum", 1}, {"maximum", 5}};

Json object(Json properties) {
  Json required = Json::array();
  for (const auto& [name, schema] : properties.items()) required.push_back(name);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}
Json listOf(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
Json orNull(Json schema) { return {{"anyOf", Json::array({std::move(schema), Json{{"type", "null"}}})}}; }
template <class Table>
Json oneOf(const Table& table) {
  Json values = Json::array();
  for (const auto value : table) values.push_back(table.code(value));
  return {{"type", "string"}, {"enum", std::move(values)}};
}

Json card() {
  return orNull(object({{"number", {{"type", "integer"}, {"minimum", 1}}}, {"trend", kCount}, {"title", kText}}));
}
Json spread() {
  return object({{"median", kScale}, {"lowerQuartile", kScale}, {"upperQuartile", kScale}, {"people", kCount}});
}
Json given(Json more = Json::object()) {
  Json properties{{"text", kText}, {"card", card()}, {"group", kCount}};
  properties.update(more);
  return object(std::move(properties));
}

Json result() {
  return object(
      {{"session", kId},
       {"title", kText},
       {"question", kText},
       {"exercise", oneOf(kExercises)},
       {"region", kText},
       {"deck", kId},
       {"edition", kId},
       {"overSince", {{"type", {"string", "null"}}, {"format", "date-time"}}},
       {"participants", kCount},
       {"answered", kCount},
       {"ranking", listOf(object({{"card", card()}, {"weight", kWeight}, {"people", kCount}, {"first", kCount}}))},
       {"agreement", object({{"strength", oneOf(kStrengths)},
                             {"people", kCount},
                             {"comparisons", kCount},
                             {"kendallW", kShare},
                             {"sameOrder", kShare}})},
       {"plane", listOf(object({{"card", card()}, {"likelihood", spread()}, {"impact", spread()}, {"divided", kFlag}}))},
       {"ideas", listOf(given({{"place", kCount}, {"dots", kCount}, {"voters", kCount}}))},
       {"tensions", listOf(given({{"otherCard", card()}}))},
       {"stories", listOf(object({{"group", kCount}, {"sentences", listOf(given())}}))},
       {"starts", listOf(given({{"need", kText}, {"step", kText}}))},
       {"notes", listOf(given())}});
}

Json cell(Json more) {
  more["weight"] = kWeight;
  more["people"] = {{"type", "integer"}, {"minimum", 5}};
  return object(std::move(more));
}

Json needs() {
  return object({{"deck", {{"type", {"string", "null"}}, {"pattern", "^[0-9]+$"}}},
                 {"decks", listOf(object({{"id", kId}, {"title", kText}}))},
                 {"fewestPeople", kCount},
                 {"trends", listOf(cell({{"trend", kCount},
                                         {"title", kText},
                                         {"language", kText},
                                         {"regions", listOf(cell({{"region", kText}}))},
                                         {"overTime", listOf(cell({{"year", kCount}, {"half", kCount}}))}}))}});
}

}  // namespace

void addResultSchemas(Registry& registry) {
  registry.schema("TrendcardsResult", result().dump());
  registry.schema("TrendcardsNeeds", needs().dump());
}

}  // namespace toimela::trendcards::view
