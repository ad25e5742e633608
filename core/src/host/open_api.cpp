#include "host/open_api.h"

#include <nlohmann/json.hpp>

namespace toimela::host {

namespace {

using Json = nlohmann::ordered_json;

Json parametersOf(const std::string& pattern) {
  Json parameters = Json::array();
  for (std::size_t at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1)) {
    std::string name = pattern.substr(at + 1, pattern.find('}', at) - at - 1);
    parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  return parameters;
}

std::string demandOf(const Rule& rule) {
  switch (rule.kind) {
    case Rule::Kind::anyone: return "Open to anyone.";
    case Rule::Kind::signedIn: return "Needs a signed-in person.";
    default: return "Needs the permission " + std::string(rule.permission.name) + ".";
  }
}

}  // namespace

std::string describeApi(const plugins::Contributions& contributions, const std::string& baseUrl) {
  Json paths = Json::object();
  for (const auto& [plugin, route] : contributions.routes) {
    if (!route.pattern.starts_with("/api/v1/")) continue;
    std::string verb(name(route.method));
    std::transform(verb.begin(), verb.end(), verb.begin(), [](unsigned char c) { return std::tolower(c); });
    Json operation{{"tags", {plugin}}, {"summary", route.summary}, {"description", demandOf(route.rule)}};
    if (Json parameters = parametersOf(route.pattern); !parameters.empty()) operation["parameters"] = parameters;
    operation["responses"] = {
        {"200", {{"description", "Done."}, {"content", {{"application/json", {{"schema", Json::object()}}}}}}},
        {"default",
         {{"description", "A problem."},
          {"content", {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}};
    paths[route.pattern][verb] = std::move(operation);
  }
  Json problem{{"type", "object"},
               {"required", {"type", "title", "status"}},
               {"properties",
                {{"type", {{"type", "string"}}},
                 {"title", {{"type", "string"}}},
                 {"status", {{"type", "integer"}}},
                 {"detail", {{"type", "string"}}},
                 {"reference", {{"type", "string"}, {"description", "Stands in the log; give it when asking for help."}}}}}};
  Json document{{"openapi", "3.1.0"},
                {"info", {{"title", "Toimela"}, {"version", "1"}, {"license", {{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}}}},
                {"servers", {{{"url", baseUrl}}}},
                {"paths", paths},
                {"components", {{"schemas", {{"Problem", problem}}}}}};
  return document.dump(2);
}

}  // namespace toimela::host
