#include "plugins/schemas.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "plugins/declarations.h"

namespace toimela::plugins {

namespace {

using nlohmann::json;
using Names = std::set<std::string, std::less<>>;

constexpr std::string_view kPrefix = "#/components/schemas/";

[[noreturn]] void refuse(const std::string& sentence) { throw std::invalid_argument(sentence); }

/// "case_studies" is "CaseStudies".
std::string camelCase(std::string_view name) {
  std::string result;
  bool atStart = true;
  for (const char c : name) {
    if (c == '_') {
      atStart = true;
      continue;
    }
    result += atStart && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    atStart = false;
  }
  return result;
}

bool isSchemaName(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

/// Calls `found` with every name that the document refers to by "$ref".
void eachReference(const json& document, const std::function<void(const std::string&)>& found) {
  if (document.is_object()) {
    for (const auto& [key, value] : document.items()) {
      if (key == "$ref" && value.is_string()) found(value.get<std::string>());
      else eachReference(value, found);
    }
  } else if (document.is_array()) {
    for (const auto& value : document) eachReference(value, found);
  }
}

void checkOne(const Contributions::Schema& schema, std::string_view plugin, Names& known) {
  const std::string it = "The schema '" + schema.name + "'";
  const std::string prefix = plugin == kCore ? "" : camelCase(plugin);
  if (!isSchemaName(schema.name) || !schema.name.starts_with(prefix))
    refuse(it + " must be named with letters and digits, beginning with '" +
           (prefix.empty() ? "a capital" : prefix) + "'.");
  if (!json::parse(schema.json, nullptr, false).is_object())
    refuse(it + " is not a JSON object.");
  if (!known.insert(schema.name).second) refuse(it + " is declared twice.");
}

void checkReferences(const Contributions& from, const Names& known) {
  for (const auto& [plugin, route] : from.routes)
    for (const std::string& name : {route.requestSchema, route.responseSchema})
      if (!name.empty() && !known.contains(name))
        refuse(std::string(toimela::name(route.method)) + " " + route.pattern +
               " names the schema '" + name + "', which nobody gives.");
  for (const auto& [plugin, schema] : from.schemas) {
    eachReference(json::parse(schema.json), [&](const std::string& reference) {
      if (!reference.starts_with(kPrefix) || !known.contains(reference.substr(kPrefix.size())))
        refuse("The schema '" + schema.name + "' refers to '" + reference +
               "', which nobody gives.");
    });
  }
}

Names namesOf(const Contributions& contributions) {
  Names names;
  for (const auto& schema : contributions.schemas) names.insert(schema.what.name);
  return names;
}

}  // namespace

void checkSchemas(const Contributions& present, const Contributions& added,
                  std::string_view plugin) {
  Names known = namesOf(present);
  for (const auto& schema : added.schemas) checkOne(schema.what, plugin, known);
  if (plugin != kCore) checkReferences(added, known);
}

void checkSchemaReferences(const Contributions& contributions) {
  checkReferences(contributions, namesOf(contributions));
}

}  // namespace toimela::plugins
