#include "view/json.h"

#include <nlohmann/json.hpp>

#include "view/words.h"

namespace toimela::publications::view {

namespace {

using Json = nlohmann::ordered_json;

Json localText(const LocalText& text) { return {{"fi", text.fi}, {"sv", text.sv}, {"en", text.en}}; }
template <class T>
Json maybe(const std::optional<T>& value) {
  return value ? Json(value->text()) : Json();
}

Json publicationObject(const Publication& p, const Host& host) {
  Json people = Json::array(), relations = Json::array(), series = Json::array();
  for (const Contributor& each : p.contributors)
    people.push_back({{"role", code(each.role)}, {"name", each.name}, {"orcid", maybe(each.orcid)}});
  for (const Related& each : p.relations)
    relations.push_back({{"relation", code(each.relation)}, {"target", each.target.text()}});
  for (const Placement& each : p.placements) series.push_back({{"id", each.series.text()}, {"issue", each.issue}});
  return {{"id", p.id.text()},
          {"address", shortAddress(p, host)},
          {"kind", code(p.kind)},
          {"state", code(p.state)},
          {"region", maybe(p.region)},
          {"title", localText(p.title)},
          {"abstract", localText(p.abstract)},
          {"contributors", people},
          {"publisher", p.publisher},
          {"issued", p.issued->text()},
          {"language", p.language},
          {"isbn", maybe(p.isbn)},
          {"issn", maybe(p.issn)},
          {"identifier", maybe(p.identifier)},
          {"subjects", p.subjects},
          {"keywords", p.keywords},
          {"licence", code(p.licence)},
          {"project", p.project},
          {"relations", relations},
          {"series", series},
          {"embargo", maybe(p.embargo)},
          {"changedAt", isoText(p.changedAt)},
          {"revision", p.revision}};
}

const Json kText{{"type", "string"}}, kId{{"type", "string"}, {"pattern", "^[0-9]+$"}};
const Json kOptionalText{{"type", {"string", "null"}}};
const Json kInstant{{"type", "string"}, {"format", "date-time"}}, kCount{{"type", "integer"}, {"minimum", 0}};

Json object(Json properties) {
  Json required = Json::array();
  for (const auto& [name, schema] : properties.items()) required.push_back(name);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}
Json listOf(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
Json local() { return object({{"fi", kText}, {"sv", kText}, {"en", kText}}); }
template <class Values>
Json oneOf(const Values& values) {
  Json codes = Json::array();
  for (const auto& value : values) {
    if constexpr (std::is_enum_v<std::decay_t<decltype(value)>>) codes.push_back(code(value));
    else codes.push_back(value);
  }
  return {{"type", "string"}, {"enum", std::move(codes)}};
}

Json publicationProperties() {
  return {{"id", kId},
          {"address", {{"type", "string"}, {"format", "uri"}, {"description", "The address for ever"}}},
          {"kind", oneOf(kKinds)},
          {"state", oneOf(kStates)},
          {"region", kOptionalText},
          {"title", local()},
          {"abstract", local()},
          {"contributors", listOf(object({{"role", oneOf(kCredits)}, {"name", kText}, {"orcid", kOptionalText}}))},
          {"publisher", kText},
          {"issued", {{"type", "string"}, {"pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}}},
          {"language", oneOf(kLanguages)},
          {"isbn", kOptionalText},
          {"issn", kOptionalText},
          {"identifier", kOptionalText},
          {"subjects", listOf(oneOf(kSubjects))},
          {"keywords", listOf(kText)},
          {"licence", oneOf(kLicences)},
          {"project", kText},
          {"relations", listOf(object({{"relation", oneOf(kRelations)}, {"target", kText}}))},
          {"series", listOf(object({{"id", kId}, {"issue", kText}}))},
          {"embargo", kOptionalText},
          {"changedAt", kInstant},
          {"revision", kCount}};
}

}  // namespace

std::string publicationsJson(const std::vector<Publication>& publications, const std::optional<std::string>& next, const Host& host) {
  Json items = Json::array();
  for (const Publication& p : publications) items.push_back(publicationObject(p, host));
  return Json{{"items", std::move(items)}, {"next", next ? Json(*next) : Json()}}.dump();
}

std::string publicationJson(const Publication& p, const std::vector<Part>& parts, const Host& host) {
  Json json = publicationObject(p, host);
  Json files = Json::array();
  for (const Part& part : parts)
    files.push_back({{"id", part.id.text()},
                     {"role", code(part.role)},
                     {"label", part.label},
                     {"name", part.newest().name},
                     {"type", part.newest().type},
                     {"size", part.newest().size},
                     {"version", part.newest().number},
                     {"accessible", part.isAccessible},
                     {"url", host.baseUrl() + "/fi" + filePath(p.id, part)}});
  json["files"] = std::move(files);
  return json.dump();
}

void addSchemas(Registry& registry) {
  Json summary = publicationProperties();
  registry.schema("PublicationsSummary", object(summary).dump());
  summary["files"] = listOf(object({{"id", kId}, {"role", oneOf(kPartRoles)}, {"label", kText}, {"name", kText},
                                    {"type", kText}, {"size", kCount}, {"version", kCount},
                                    {"accessible", {{"type", "boolean"}}}, {"url", kText}}));
  registry.schema("PublicationsPublication", object(summary).dump());

  Json fresh = object({{"title", {{"type", "object"}, {"description", "At least one of fi, sv and en"}}},
                       {"kind", oneOf(kKinds)},
                       {"issued", kText},
                       {"language", oneOf(kLanguages)},
                       {"licence", oneOf(kLicences)}});
  Json& properties = fresh["properties"];
  for (const char* name : {"publisher", "isbn", "issn", "identifier", "keywords", "project", "series", "issue",
                           "version_of", "translation_of", "accompanies", "embargo"})
    properties[name] = kText;
  properties["creators"] = {{"type", "string"}, {"description", "A line each: Surname, Given names; ORCID iD"}};
  properties["editors"] = properties["creators"];
  properties["abstract"] = {{"type", "object"}};
  properties["subjects"] = listOf(oneOf(kSubjects));
  properties["collections"] = listOf(kId);
  properties["region"] = {{"type", "string"}, {"description", "Code of the region; without it the whole country"}};
  registry.schema("PublicationsPublicationNew", fresh.dump());
  Json change = fresh;
  change["properties"]["revision"] = kCount;
  change["properties"].erase("region");
  change["required"].push_back("revision");
  registry.schema("PublicationsPublicationChange", change.dump());
  registry.schema("PublicationsStep", Json{{"type", "object"},
                                         {"properties", {{"step", oneOf(kMoves)}, {"why", {{"type", "string"}, {"description", "Why it is withdrawn"}}}}},
                                         {"required", Json::array({"step"})}}.dump());
}

}  // namespace toimela::publications::view
