#include <algorithm>
#include <nlohmann/json.hpp>

#include "directory/handlers.h"
#include "directory/organisations.h"

namespace toimela::directory {

namespace {

using nlohmann::ordered_json;

constexpr std::int64_t kDefaultLimit = 50;
constexpr std::int64_t kLargestLimit = 200;
constexpr int kSuggestions = 8;

ordered_json toJson(const LocalText& text) {
  ordered_json json = ordered_json::object();
  for (const Locale locale : kLocales) {
    if (!text.in(locale).empty()) json[std::string(code(locale))] = text.in(locale);
  }
  return json;
}

template <class T>
ordered_json textOrNull(const std::optional<T>& value) {
  return value ? ordered_json(value->text()) : ordered_json(nullptr);
}

// Ids are texts: a number of 64 bits does not survive in every client.
ordered_json toJson(const Organisation& organisation) {
  return {{"id", organisation.id.text()},
          {"name", toJson(organisation.name)},
          {"sector", code(organisation.sector)},
          {"region", organisation.region.text()},
          {"municipality", textOrNull(organisation.municipality)},
          {"businessId", textOrNull(organisation.businessId)},
          {"website", organisation.website.empty() ? ordered_json(nullptr)
                                                   : ordered_json(organisation.website)},
          {"summary", toJson(organisation.summary)}};
}

ordered_json toJson(const Region& region) {
  return {{"code", region.code.text()},
          {"slug", region.slug},
          {"name", toJson(region.name)},
          {"tile", {{"column", region.column}, {"row", region.row}}}};
}

/// The number in a query field, or the default when the field did not come.
std::int64_t number(const Request& request, std::string_view name, std::int64_t otherwise) {
  const auto text = request.query.find(name);
  if (!text) return otherwise;
  const auto value = parseId(*text);
  if (!value) throw RequestError(400, "error.400.text", "a query field is not a number");
  return *value;
}

std::optional<RegionCode> regionAsked(const Request& request, Host& host) {
  const auto text = request.query.text("region");
  if (text.empty()) return std::nullopt;
  const auto code = RegionCode::parse(text);
  const Region* region = code ? host.region(*code) : host.region(text);
  if (!region) throw RequestError(400, "error.400.text", "the region of the query does not exist");
  return region->code;
}

}  // namespace

Response organisationsAsJson(const Request& request, Host& host) {
  const OrganisationId after{number(request, "after", 0)};
  const auto limit =
      static_cast<int>(std::min(number(request, "limit", kDefaultLimit), kLargestLimit));
  const auto region = regionAsked(request, host);
  auto organisations =
      host.read([&](ReadTx& tx) { return organisationsAfter(tx, after, region, limit + 1); });
  const bool hasMore = organisations.size() > static_cast<std::size_t>(limit);
  if (hasMore) organisations.pop_back();

  ordered_json document{{"items", ordered_json::array()}};
  for (const auto& organisation : organisations) document["items"].push_back(toJson(organisation));
  document["after"] =
      hasMore ? ordered_json(organisations.back().id.text()) : ordered_json(nullptr);
  return host.json(document.dump());
}

Response organisationAsJson(const Request& request, Host& host) {
  const auto id = request.parameters.id<OrganisationId>("organisation");
  if (!id) throw NotFound();
  const auto organisation = host.read([&](ReadTx& tx) { return findOrganisation(tx, *id); });
  if (!organisation) throw NotFound();
  return host.json(toJson(*organisation).dump());
}

Response suggestOrganisations(const Request& request, Host& host) {
  const auto matches = host.read([&](ReadTx& tx) {
    return matchOrganisations(tx, request.query.text("q"), kSuggestions);
  });
  ordered_json texts = ordered_json::array();
  for (const auto& organisation : matches) texts.push_back(lookupText(organisation, request.locale));
  return host.json(texts.dump());
}

Response regionsAsJson(const Request&, Host& host) {
  ordered_json document{{"items", ordered_json::array()}};
  for (const auto& region : host.regions()) document["items"].push_back(toJson(region));
  return host.json(document.dump());
}

}  // namespace toimela::directory
