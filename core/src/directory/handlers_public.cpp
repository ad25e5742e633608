#include "directory/handlers.h"
#include "directory/organisations.h"
#include "directory/page_links.h"
#include "directory/reference.h"
#include "directory/search_pattern.h"

namespace toimela::directory {

namespace {

constexpr int kOrganisationsAPage = 25;
constexpr std::size_t kLongestSearch = 100;

std::string sectorName(const Request& request, Host& host, Sector sector) {
  return host.texts().get(request.locale, "directory.sector." + std::string(code(sector)));
}

/// What the reader asked for. A region or sector that does not exist is a page that does not exist.
OrganisationFilter filterOf(const Request& request, Host& host) {
  OrganisationFilter filter;
  filter.words = beginning(request.query.text("q"), kLongestSearch);
  const auto region = request.query.text("region");
  const auto sector = request.query.text("sector");
  if (!region.empty()) {
    const Region* found = host.region(region);
    if (!found) throw NotFound();
    filter.region = found->code;
  }
  if (!sector.empty()) {
    filter.sector = parseSector(sector);
    if (!filter.sector) throw NotFound();
  }
  return filter;
}

std::vector<View> regionChoices(const Request& request, Host& host,
                                const OrganisationFilter& filter) {
  std::vector<View> choices;
  for (const auto& region : host.regions()) {
    View choice;
    choice.set("value", region.slug)
        .set("label", region.name.pick(request.locale).text)
        .flag("selected", filter.region == region.code);
    choices.push_back(std::move(choice));
  }
  return choices;
}

std::vector<View> sectorChoices(const Request& request, Host& host,
                                const OrganisationFilter& filter) {
  std::vector<View> choices;
  for (const Sector sector : kSectors) {
    View choice;
    choice.set("value", std::string(code(sector)))
        .set("label", sectorName(request, host, sector))
        .flag("selected", filter.sector == sector);
    choices.push_back(std::move(choice));
  }
  return choices;
}

View row(const Request& request, Host& host, const Organisation& organisation) {
  View view;
  view.text("name", organisation.name, request.locale)
      .set("href", request.link("/organisations/" + organisation.id.text()))
      .set("sector", sectorName(request, host, organisation.sector))
      .text("region", host.region(organisation.region)->name, request.locale);
  return view;
}

bool may(const Request& request, Host& host, Permission permission,
         const Organisation& organisation) {
  return host.allowed(request.actor, permission,
                      {organisation.region, organisation.id, std::nullopt});
}

}  // namespace

Response listPage(const Request& request, Host& host) {
  const OrganisationFilter filter = filterOf(request, host);
  const auto after = request.query.text("after");
  const auto page = host.read([&](ReadTx& tx) {
    return findOrganisations(tx, filter, request.locale, after, kOrganisationsAPage);
  });
  std::vector<View> rows;
  for (const auto& organisation : page.organisations)
    rows.push_back(row(request, host, organisation));

  const Region* region = filter.region ? host.region(*filter.region) : nullptr;
  const Query query{{"q", filter.words},
                    {"region", region ? region->slug : ""},
                    {"sector", filter.sector ? std::string(code(*filter.sector)) : ""}};
  View view;
  view.set("words", filter.words)
      .set("count",
           host.texts().format(request.locale,
                               page.isMore ? "words.organisations_more" : "directory.organisations.count",
                               {{"count", page.count}}))
      .flag("has_organisations", !rows.empty())
      .list("organisations", std::move(rows))
      .list("regions", regionChoices(request, host, filter))
      .list("sectors", sectorChoices(request, host, filter));
  showOnward(view, request, "/organisations", query, after, page.next);
  return host.page(
      request, "organisations", std::move(view),
      {.title = host.texts().get(request.locale, "directory.organisations.title"),
       .description = host.texts().get(request.locale, "directory.organisations.description")});
}

Response showOrganisation(const Request& request, Host& host) {
  const auto id = request.parameters.id<OrganisationId>("organisation");
  if (!id) throw NotFound();
  const auto [found, municipality] = host.read([&](ReadTx& tx) {
    auto organisation = findOrganisation(tx, *id);
    LocalText name;
    if (organisation && organisation->municipality)
      name = municipalityName(tx, *organisation->municipality);
    return std::pair(std::move(organisation), std::move(name));
  });
  if (!found) throw NotFound();
  const Organisation& organisation = *found;
  const Region& region = *host.region(organisation.region);
  const std::string self = request.link("/organisations/" + id->text());
  View view;
  view.set("id", id->text())
      .text("name", organisation.name, request.locale)
      .text("summary", organisation.summary, request.locale)
      .set("sector", sectorName(request, host, organisation.sector))
      .text("region", region.name, request.locale)
      .set("region_href", request.link("/regions/" + region.slug))
      .text("municipality", municipality, request.locale)
      .set("business_id", organisation.businessId ? organisation.businessId->text() : "")
      .set("register_number", organisation.registerNumber)
      .set("website", organisation.website)
      .flag("may_edit", may(request, host, kOrganisationEdit, organisation))
      .set("edit_href", self + "/edit")
      .flag("may_add_person", may(request, host, Permission{"core.person.edit"}, organisation))
      .set("add_person_href",
           withQuery(request.link("/admin/people/new"), {{"organisation", id->text()}}));
  return host.page(request, "organisation", std::move(view),
                   {.title = organisation.name.pick(request.locale).text,
                    .description = organisation.summary.pick(request.locale).text});
}

}  // namespace toimela::directory
