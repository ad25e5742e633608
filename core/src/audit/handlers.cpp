#include "audit/handlers.h"

#include "access/rights.h"
#include "audit/audit.h"
#include "audit/presentation.h"
#include "host/core_host.h"
#include "toimela/table.h"

namespace toimela::audit {

namespace {

constexpr int kRowsAPage = 50;

/// The region that was asked for. Who has no right to the whole nation's log gets their first
/// region when they asked for none; what is outside their reach does not exist for them.
std::optional<RegionCode> regionAsked(const Request& request, Host& host,
                                      const access::Reach& reach) {
  const std::string_view slug = request.query.text("region");
  if (slug.empty()) {
    if (reach.nation) return std::nullopt;
    if (reach.regions.empty()) throw NotFound();
    return *reach.regions.begin();
  }
  const Region* region = host.region(slug);
  if (!region || !(reach.nation || reach.regions.contains(region->code))) throw NotFound();
  return region->code;
}

TableFilter regionFilter(const Request& request, Host& host, const access::Reach& reach) {
  TableFilter filter{"region", "audit.region", reach.nation ? "audit.all_regions" : "", {}};
  for (const Region& region : host.regions())
    if (reach.nation || reach.regions.contains(region.code))
      filter.choices.push_back({region.slug, region.name.pick(request.locale).text, true});
  return filter;
}

TableSpec logTable(const Request& request, Host& host, const access::Reach& reach) {
  return {.id = "audit",
          .path = "/admin/audit",
          .captionKey = "audit.caption",
          .searchKey = "audit.search",
          .filters = {regionFilter(request, host, reach)},
          .columns = {TableColumn::text("at", "audit.at"), TableColumn::text("person", "audit.person"),
                      TableColumn::text("action", "audit.action"), TableColumn::text("object", "audit.object"),
                      TableColumn::text("region", "audit.region"), TableColumn::text("detail", "audit.detail")},
          .emptyKey = "audit.empty",
          .emptyTextKey = "audit.empty.text",
          .rowsAPage = kRowsAPage,
          .isPagedByKey = true};
}

}  // namespace

Response showLog(const Request& request, Host& host) {
  const auto reach = access::reachOf(*core(host).state()->rights, request.actor, kView);
  const auto region = regionAsked(request, host, reach);
  const Table table(logTable(request, host, reach), request);
  const auto entries = host.read([&](ReadTx& tx) {
    return list(tx, {region, table.words()}, parseId(table.after()).value_or(0), table.limit());
  });
  std::vector<TableRow> rows;
  for (const Row& entry : entries) rows.push_back(tableRow(entry, host, request.locale));
  if (table.format()) return table.file(request, host, std::move(rows), "audit");
  View view;
  view.group("table", table.view(request, host, std::move(rows)));
  return host.page(request, "audit", std::move(view),
                   {.title = host.texts().get(request.locale, "audit.title")});
}

}  // namespace toimela::audit
