// JSON Schemas (draft 2020-12, as OpenAPI 3.1 has them) in as few words as what they describe.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace toimela::schema {

using Json = nlohmann::ordered_json;

/// A schema that a room or a plugin has given to Registry::schema().
inline Json ref(std::string_view name) {
  return Json{{"$ref", "#/components/schemas/" + std::string(name)}};
}
inline Json text() { return Json{{"type", "string"}}; }
/// "email", "date", "date-time".
inline Json text(std::string_view format) { return Json{{"type", "string"}, {"format", format}}; }
inline Json pattern(std::string_view regularExpression) {
  return Json{{"type", "string"}, {"pattern", regularExpression}};
}
inline Json flag() { return Json{{"type", "boolean"}}; }
inline Json number() { return Json{{"type", "integer"}}; }
inline Json oneOf(std::initializer_list<std::string_view> codes) {
  Json values = Json::array();
  for (const auto code : codes) values.push_back(code);
  return Json{{"type", "string"}, {"enum", std::move(values)}};
}
inline Json listOf(Json item) { return Json{{"type", "array"}, {"items", std::move(item)}}; }
/// The same, or null.
inline Json orNull(Json schema) {
  if (schema.contains("type")) {
    schema["type"] = Json::array({schema["type"], "null"});
    return schema;
  }
  return Json{{"oneOf", Json::array({std::move(schema), Json{{"type", "null"}}})}};
}
/// With another keyword: with(number(), "minimum", 1).
inline Json with(Json schema, std::string_view keyword, Json value) {
  schema[std::string(keyword)] = std::move(value);
  return schema;
}
inline Json described(Json schema, std::string_view words) {
  return with(std::move(schema), "description", words);
}

struct Property {
  std::string_view name;
  Json schema;
};
using Properties = std::vector<Property>;

/// An object that is sent: some properties must be there, others may; unknown ones are left alone.
inline Json wish(const Properties& required, const Properties& optional = {}) {
  Json names = Json::array(), properties = Json::object();
  for (const auto& [name, schema] : required) {
    names.push_back(name);
    properties[std::string(name)] = schema;
  }
  for (const auto& [name, schema] : optional) properties[std::string(name)] = schema;
  return Json{{"type", "object"}, {"required", std::move(names)}, {"properties", std::move(properties)}};
}
/// An object of an answer: every property is there, and no other.
inline Json answer(const Properties& properties) {
  return with(wish(properties), "additionalProperties", false);
}
/// The answer of a list that comes in one piece.
inline Json wholeList(Json item) {
  return answer({{"items", listOf(std::move(item))}, {"next", Json{{"type", "null"}}}});
}

}  // namespace toimela::schema
