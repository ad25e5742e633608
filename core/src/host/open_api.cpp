#include "host/open_api.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "access/scopes.h"
#include "toimela/paging.h"

namespace toimela::host {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kBase = "/api/v1/";

constexpr const char* kId = R"({
  "type": "string",
  "pattern": "^[1-9][0-9]*$",
  "description": "A number as text: 64 bits do not survive in every client."
})";

constexpr const char* kLocalText = R"({
  "type": "object",
  "description": "A text in Finnish, Swedish and English; empty where it is missing.",
  "required": ["fi", "sv", "en"],
  "properties": {"fi": {"type": "string"}, "sv": {"type": "string"}, "en": {"type": "string"}},
  "additionalProperties": false
})";

constexpr const char* kLocalTextWish = R"({
  "type": "object",
  "description": "A text in one language or more; what does not come is empty.",
  "properties": {"fi": {"type": "string"}, "sv": {"type": "string"}, "en": {"type": "string"}},
  "additionalProperties": false
})";

constexpr const char* kRegionCode = R"({
  "type": "string",
  "pattern": "^[0-9]{2}$",
  "description": "Statistics Finland's code of a region (maakunta)."
})";

constexpr const char* kProblem = R"({
  "type": "object",
  "description": "What went wrong (RFC 9457), in the language of Accept-Language.",
  "required": ["type", "title", "status", "detail", "reference"],
  "properties": {
    "type": {"type": "string", "format": "uri-reference"},
    "title": {"type": "string"},
    "status": {"type": "integer"},
    "detail": {"type": "string"},
    "reference": {"type": "string", "description": "Stands in the log; give it when asking for help."},
    "errors": {
      "type": "array",
      "description": "One for each field that is wrong; an empty field means the whole.",
      "items": {
        "type": "object",
        "required": ["field", "detail"],
        "properties": {"field": {"type": "string"}, "detail": {"type": "string"}}
      }
    },
    "error": {"type": "string", "enum": ["invalid_token", "insufficient_scope"],
              "description": "What is wrong with the access token (RFC 6750)."},
    "scope": {"type": "string", "description": "The scope that the access token lacks."}
  }
})";

Json reference(const std::string& schema) { return {{"$ref", "#/components/schemas/" + schema}}; }

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return std::tolower(c); });
  return result;
}

/// The pattern in OpenAPI's spelling: "{file*}" is "{file}".
std::string pathOf(std::string pattern) {
  std::erase(pattern, '*');
  return pattern;
}

/// "GET /api/v1/organisations/{organisation}" is "getOrganisationsByOrganisation".
std::string operationId(const Route& route) {
  std::string id = lower(name(route.method));
  bool atStart = true;
  for (const char c : route.pattern.substr(kBase.size())) {
    if (c == '{') {
      id += "By";
      atStart = true;
    } else if (!std::isalnum(static_cast<unsigned char>(c))) {
      atStart = true;
    } else {
      id += atStart ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
      atStart = false;
    }
  }
  return id;
}

Json parameter(const std::string& name, const char* where, const std::string& meaning, Json schema) {
  Json parameter{{"name", name}, {"in", where}, {"required", std::string_view(where) == "path"}};
  if (!meaning.empty()) parameter["description"] = meaning;
  parameter["schema"] = std::move(schema);
  return parameter;
}

/// Is the answer a list with a cursor: said by paged(), or by a schema of its own?
bool isPaged(const plugins::Contributions& contributions, const Route& route) {
  if (route.isPaged) return true;
  for (const auto& schema : contributions.schemas) {
    if (schema.what.name != route.responseSchema) continue;
    const Json document = Json::parse(schema.what.json);
    const Json::json_pointer items("/properties/items"), next("/properties/next");
    return document.contains(items) && document.contains(next) &&
           document.at(next) != Json{{"type", "null"}};
  }
  return false;
}

Json parametersOf(const plugins::Contributions& contributions, const Route& route) {
  Json parameters = Json::array();
  const std::string path = pathOf(route.pattern);
  for (auto at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1))
    parameters.push_back(parameter(path.substr(at + 1, path.find('}', at) - at - 1), "path", "",
                                   {{"type", "string"}}));
  for (const QueryField& field : route.queryFields)
    parameters.push_back(parameter(field.name, "query", field.meaning, {{"type", "string"}}));
  if (isPaged(contributions, route))
    for (const char* shared : {"after", "limit"})
      parameters.push_back({{"$ref", "#/components/parameters/" + std::string(shared)}});
  return parameters;
}

Json demandOf(const std::string& component, const Route& route) {
  const Json bearer{{"bearer", {access::scopeFor(component, route.method)}}};
  if (route.rule.kind != Rule::Kind::anyone) return Json::array({bearer});
  return Json::array({Json::object(), bearer});
}

std::string descriptionOf(const std::string& component, const Route& route) {
  const std::string scope = "`" + access::scopeFor(component, route.method) + "`";
  switch (route.rule.kind) {
    case Rule::Kind::anyone: return "Open to anyone; an access token needs the scope " + scope + ".";
    case Rule::Kind::signedIn: return "Needs an access token with the scope " + scope + ".";
    default:
      return "Needs an access token with the scope " + scope + " of somebody who holds the permission `" +
             std::string(route.rule.permission.name) + "`" +
             (route.rule.orOwner ? " or owns the thing" : "") + ".";
  }
}

Json answerSchema(const Route& route) {
  if (route.responseSchema.empty()) return Json::object();
  if (!route.isPaged) return reference(route.responseSchema);
  return {{"type", "object"},
          {"required", {"items", "next"}},
          {"properties",
           {{"items", {{"type", "array"}, {"items", reference(route.responseSchema)}}},
            {"next",
             {{"type", {"string", "null"}},
              {"description", "What to send as `after` for the next page; null on the last."}}}}},
          {"additionalProperties", false}};
}

Json responsesOf(const Route& route) {
  // A change that says nothing more may answer with or without a body.
  const std::string status = route.isCreating ? "201" : isSafe(route.method) ? "200" : "2XX";
  Json done{{"description", route.isCreating ? "Made; Location says where." : "Done."}};
  if (isSafe(route.method) || !route.responseSchema.empty())
    done["content"] = {{"application/json", {{"schema", answerSchema(route)}}}};
  Json responses{{status, std::move(done)}};
  const auto problem = [&](const char* code, const char* shared) {
    responses[code] = {{"$ref", "#/components/responses/" + std::string(shared)}};
  };
  problem("400", "BadRequest");
  problem("401", "Unauthorized");
  problem("403", "Forbidden");
  if (route.pattern.find('{') != std::string::npos) problem("404", "NotFound");
  if (!isSafe(route.method)) {
    problem("409", "Conflict");
    problem("422", "Invalid");
  }
  problem("429", "TooManyRequests");
  problem("default", "Other");
  return responses;
}

/// "application/json", unless the schema says what else the body is.
std::string mediaTypeOf(const plugins::Contributions& contributions, const std::string& schema) {
  constexpr const char* kUsual = "application/json";
  for (const auto& known : contributions.schemas)
    if (known.what.name == schema) return Json::parse(known.what.json).value("contentMediaType", kUsual);
  return kUsual;
}

Json operationOf(const plugins::Contributions& contributions, const std::string& component,
                 const Route& route) {
  Json operation{{"operationId", operationId(route)},
                 {"tags", {component}},
                 {"summary", route.summary},
                 {"description", descriptionOf(component, route)}};
  if (Json parameters = parametersOf(contributions, route); !parameters.empty())
    operation["parameters"] = std::move(parameters);
  if (!isSafe(route.method) && !route.requestSchema.empty())
    operation["requestBody"] = {
        {"required", true},
        {"content", {{mediaTypeOf(contributions, route.requestSchema), {{"schema", reference(route.requestSchema)}}}}}};
  operation["responses"] = responsesOf(route);
  operation["security"] = demandOf(component, route);
  return operation;
}

Json sharedResponses() {
  const auto problem = [](const char* meaning) {
    return Json{{"description", meaning},
                {"content", {{"application/problem+json", {{"schema", reference("Problem")}}}}}};
  };
  return {{"BadRequest", problem("Not a request that can be read: a body that is not JSON, a wrong cursor.")},
          {"Unauthorized", problem("No access token, or one that is not valid.")},
          {"Forbidden", problem("The scope of the token, or the role of its owner, does not cover this.")},
          {"NotFound", problem("There is no such thing, or its plugin is off.")},
          {"Conflict", problem("What is stored does not allow it, or has changed meanwhile.")},
          {"Invalid", problem("Some of the fields are wrong; `errors` says which.")},
          {"TooManyRequests", problem("Wait as long as Retry-After says.")},
          {"Other", problem("Something else went wrong.")}};
}

Json sharedParameters() {
  return {{"after", parameter("after", "query", "The `next` of the page before.", {{"type", "string"}})},
          {"limit", parameter("limit", "query", "How many items a page has.",
                              {{"type", "integer"},
                               {"minimum", 1},
                               {"maximum", Paging::kLargestLimit},
                               {"default", Paging::kDefaultLimit}})}};
}

Json bearerScheme(const plugins::Contributions& contributions) {
  std::string scopes;
  for (const std::string& scope : access::knownScopes(contributions))
    scopes += (scopes.empty() ? "`" : ", `") + scope + "`";
  return {{"type", "http"},
          {"scheme", "bearer"},
          {"bearerFormat", "toimela_…"},
          {"description", "A personal access token, made on /account/tokens. Scopes: " + scopes + "."}};
}

}  // namespace

std::string describeApi(const plugins::Contributions& contributions, const std::string& baseUrl) {
  Json paths = Json::object(), tags = Json::array();
  for (const auto& [component, route] : contributions.routes) {
    if (!route.pattern.starts_with(kBase)) continue;
    paths[pathOf(route.pattern)][lower(name(route.method))] =
        operationOf(contributions, component, route);
    const bool isNew = std::ranges::none_of(
        tags, [&, &who = component](const Json& tag) { return tag.at("name") == who; });
    if (isNew) tags.push_back({{"name", component}});
  }
  Json schemas = Json::object();
  for (const auto& schema : contributions.schemas)
    schemas[schema.what.name] = Json::parse(schema.what.json);
  const Json document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Toimela"},
        {"version", "1"},
        {"description",
         "Lists are {\"items\": […], \"next\": cursor or null}; ids are texts; moments are RFC 3339 in "
         "UTC, days ISO 8601; texts of content are objects with fi, sv and en. Problems are RFC 9457."},
        {"license", {{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}}}},
      {"servers", {{{"url", baseUrl}}}},
      {"tags", tags},
      {"paths", paths},
      {"components",
       {{"schemas", schemas},
        {"parameters", sharedParameters()},
        {"responses", sharedResponses()},
        {"securitySchemes", {{"bearer", bearerScheme(contributions)}}}}}};
  return document.dump(2);
}

void describeSharedSchemas(Registry& registry) {
  registry.schema("Id", kId);
  registry.schema("LocalText", kLocalText);
  registry.schema("LocalTextWish", kLocalTextWish);
  registry.schema("RegionCode", kRegionCode);
  registry.schema("Problem", kProblem);
  registry.schema("OpenApi", R"({"type": "object", "description": "An OpenAPI 3.1 document."})");
}

}  // namespace toimela::host
