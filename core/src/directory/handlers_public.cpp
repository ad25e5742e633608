#include "directory/handlers.h"
#include "directory/organisations.h"
#include "directory/page_links.h"
#include "directory/reference.h"
#include "directory/search_pattern.h"
#include "toimela/last_change.h"
#include "toimela/table.h"

namespace toimela::directory {

namespace {

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

TableSpec organisationTable(const Request& request, Host& host) {
  TableFilter regions{"region", "directory.organisation.region", "directory.organisations.all_regions", {}};
  for (const auto& region : host.regions())
    regions.choices.push_back({region.slug, region.name.pick(request.locale).text, true});
  TableFilter sectors{"sector", "directory.organisation.sector", "directory.organisations.all_sectors", {}};
  for (const Sector sector : kSectors)
    sectors.choices.push_back({std::string(code(sector)), "directory.sector." + std::string(code(sector))});
  return {.id = "organisations",
          .path = "/organisations",
          .captionKey = "directory.organisations.title",
          .searchKey = "directory.organisation.name",
          .filters = {std::move(regions), std::move(sectors)},
          .columns = {TableColumn::text("name", "directory.organisation.name").heads(),
                      TableColumn::text("sector", "directory.organisation.sector"),
                      TableColumn::text("region", "directory.organisation.region")},
          .emptyKey = "directory.organisations.empty",
          .emptyTextKey = "directory.organisations.empty_text",
          .isPagedByKey = true};
}

TableRow row(const Request& request, Host& host, const Organisation& organisation) {
  return {{TableCell(organisation.name, request.locale)
               .linked(request.link("/organisations/" + organisation.id.text())),
           sectorName(request, host, organisation.sector),
           TableCell(host.region(organisation.region)->name, request.locale)}};
}

std::string countText(const Request& request, Host& host, const OrganisationPage& page) {
  return host.texts().format(
      request.locale, page.isMore ? "words.organisations_more" : "directory.organisations.count",
      {{"count", page.count}});
}

bool may(const Request& request, Host& host, Permission permission,
         const Organisation& organisation) {
  return host.allowed(request.actor, permission,
                      {organisation.region, organisation.id, std::nullopt});
}

}  // namespace

Response listPage(const Request& request, Host& host) {
  const OrganisationFilter filter = filterOf(request, host);
  const Table table(organisationTable(request, host), request);
  const auto page = host.read([&](ReadTx& tx) {
    return findOrganisations(tx, filter, request.locale, table.after(),
                             table.format() ? table.limit() : table.mostRows());
  });
  std::vector<TableRow> rows;
  for (const auto& organisation : page.organisations)
    rows.push_back(row(request, host, organisation));
  if (table.format()) return table.file(request, host, std::move(rows), "organisations");
  View view;
  view.group("table", table.view(request, host,
                                 TablePage{std::move(rows), page.next, countText(request, host, page)}));
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
  if (may(request, host, kOrganisationEdit, organisation))
    showLastChange(view, host.read([&](ReadTx& tx) { return lastChange(tx, "organisation:" + id->text()); }), request, host);
  return host.page(request, "organisation", std::move(view),
                   {.title = organisation.name.pick(request.locale).text,
                    .description = organisation.summary.pick(request.locale).text});
}

}  // namespace toimela::directory
