#include <algorithm>

#include "directory/handlers.h"
#include "directory/organisation_form.h"
#include "directory/organisations.h"
#include "directory/save_organisation.h"
#include "directory/search_pattern.h"
#include "kit/json_values.h"
#include "toimela/paging.h"

namespace toimela::directory {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongestSearch = 100;
constexpr int kSuggestions = 8;

ordered_json textJson(const std::string& text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

/// Everything that a change may send back, so that what was read can be sent again as it is.
ordered_json organisationJson(const Organisation& organisation) {
  return {{"id", organisation.id.text()},
          {"name", jsonOf(organisation.name)},
          {"sector", code(organisation.sector)},
          {"region", organisation.region.text()},
          {"municipality", textOrNull(organisation.municipality)},
          {"businessId", textOrNull(organisation.businessId)},
          {"registerNumber", textJson(organisation.registerNumber)},
          {"website", textJson(organisation.website)},
          {"summary", jsonOf(organisation.summary)},
          {"revision", organisation.revision}};
}

ordered_json regionJson(const Region& region) {
  return {{"code", region.code.text()},
          {"slug", region.slug},
          {"name", jsonOf(region.name)},
          {"tile", {{"column", region.column}, {"row", region.row}}}};
}

ordered_json municipalityJson(const PlacedMunicipality& placed) {
  return {{"code", placed.municipality.code.text()},
          {"name", jsonOf(placed.municipality.name)},
          {"region", placed.region.text()}};
}

/// By code or slug.
const Region* findRegion(Host& host, std::string_view text) {
  const auto code = RegionCode::parse(text);
  return code ? host.region(*code) : host.region(text);
}

std::optional<RegionCode> regionAsked(const Request& request, Host& host) {
  const auto text = request.query.text("region");
  if (text.empty()) return std::nullopt;
  const Region* region = findRegion(host, text);
  if (!region) throw RequestError(400, "error.400.text", "the region of the query does not exist");
  return region->code;
}

std::optional<Sector> sectorAsked(const Request& request) {
  const auto text = request.query.text("sector");
  if (text.empty()) return std::nullopt;
  const auto sector = parseSector(text);
  if (!sector) throw RequestError(400, "error.400.text", "the sector of the query does not exist");
  return sector;
}

Organisation organisationOf(const Request& request, Host& host) {
  const auto id = request.parameters.id<OrganisationId>("organisation");
  if (!id) throw NotFound();
  auto found = host.read([&](ReadTx& tx) { return findOrganisation(tx, *id); });
  if (!found) throw NotFound();
  return std::move(*found);
}

Form sentForm(const Request& request, Host& host, RegionCode region) {
  const auto municipalities = host.read(
      [&](ReadTx& tx) { return municipalitiesOf(tx, region, Date::today()); });
  return Form::read(organisationForm(municipalities, request.locale), request.form);
}

Response taken(const Request& request, Host& host, Form form, const Organisation& other) {
  form.error("business_id", "directory.organisation.business_id_taken",
             {{"name", other.name.pick(request.locale).text}});
  return host.problem(request, form);
}

/// The region of a new organisation; one where the actor may not add anything gets an error at its
/// field, like one that does not exist.
const Region* regionSent(const Request& request, Host& host, Form& form) {
  const Region* region = findRegion(host, request.form.text("region"));
  if (region && host.allowed(request.actor, kOrganisationAdd, {.region = region->code}))
    return region;
  form.error("region", "directory.api.region");
  return nullptr;
}

/// With words the list is by name, and a cursor is a place in it.
Response organisationsFound(Host& host, const OrganisationFilter& filter, const Paging& paging) {
  const auto page = host.read([&](ReadTx& tx) {
    return findOrganisations(tx, filter, Locale::fi, paging.after.value_or(""), paging.limit);
  });
  const auto next = page.next.empty() ? std::nullopt : std::optional(Paging::cursor(page.next));
  return host.json(listJson(page.organisations, next, organisationJson));
}

}  // namespace

Response organisationsAsJson(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const OrganisationFilter filter{beginning(request.query.text("q"), kLongestSearch), regionAsked(request, host),
                                  sectorAsked(request)};
  if (!filter.words.empty()) return organisationsFound(host, filter, paging);
  auto organisations = host.read([&](ReadTx& tx) {
    return organisationsAfter(tx, paging.afterId<OrganisationId>(), filter, paging.limit + 1);
  });
  const auto next = paging.cut(organisations, [](const auto& one) { return one.id.text(); });
  return host.json(listJson(organisations, next, organisationJson));
}

Response organisationAsJson(const Request& request, Host& host) {
  return host.json(organisationJson(organisationOf(request, host)).dump());
}

Response addOrganisationFromJson(const Request& request, Host& host) {
  Form place({Field::text("region", "directory.api.region_label")});
  const Region* region = regionSent(request, host, place);
  if (!region) return host.problem(request, place);
  Form form = sentForm(request, host, region->code);
  const Organisation typed = readOrganisation(
      form, {.id = {}, .name = {}, .businessId = {}, .registerNumber = "", .region = region->code});
  if (!form.ok()) return host.problem(request, form);

  const auto outcome = host.write(request, [&](WriteTx& tx) { return saveNew(tx, typed); });
  if (const auto* other = std::get_if<Taken>(&outcome))
    return taken(request, host, std::move(form), other->other);
  const OrganisationId id = std::get<Saved>(outcome).id;
  const auto stored = host.read([&](ReadTx& tx) { return findOrganisation(tx, id); });
  Response response = host.json(organisationJson(stored.value()).dump(), 201);
  response.headers.set("Location", "/api/v1/organisations/" + id.text());
  return response;
}

Response changeOrganisationFromJson(const Request& request, Host& host) {
  const Organisation stored = organisationOf(request, host);
  Form form = sentForm(request, host, stored.region);
  const Organisation typed = readOrganisation(form, stored);
  if (typed.revision == 0) form.error("revision", "directory.api.revision");
  if (!form.ok()) return host.problem(request, form);

  const auto outcome = host.write(request, [&](WriteTx& tx) { return saveChanged(tx, typed); });
  if (const auto* other = std::get_if<Taken>(&outcome))
    return taken(request, host, std::move(form), other->other);
  if (const auto* stale = std::get_if<Stale>(&outcome)) {
    form.error("revision", "directory.api.stale",
               {{"revision", std::to_string(stale->stored.revision)}});
    return host.problem(request, form, 409);
  }
  return host.json(organisationJson(organisationOf(request, host)).dump());
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
  return host.json(listJson(host.regions(), std::nullopt, regionJson));
}

Response regionAsJson(const Request& request, Host& host) {
  return host.json(regionJson(*host.region(*request.region)).dump());
}

Response municipalitiesAsJson(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  if (paging.after && !MunicipalityCode::parse(*paging.after))
    throw RequestError(400, "error.cursor.text", "the cursor is of another list");
  const auto region = regionAsked(request, host);
  auto found = host.read([&](ReadTx& tx) {
    return municipalitiesAfter(tx, paging.after.value_or(""), region, Date::today(),
                               paging.limit + 1);
  });
  const auto next =
      paging.cut(found, [](const auto& one) { return one.municipality.code.text(); });
  return host.json(listJson(found, next, municipalityJson));
}

}  // namespace toimela::directory
