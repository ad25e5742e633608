#include "audit/handlers.h"

#include "access/rights.h"
#include "audit/audit.h"
#include "audit/presentation.h"
#include "host/core_host.h"

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

std::vector<View> regionChoices(const Request& request, Host& host, const access::Reach& reach,
                                std::optional<RegionCode> chosen) {
  std::vector<View> choices;
  for (const Region& region : host.regions()) {
    if (!reach.nation && !reach.regions.contains(region.code)) continue;
    View choice;
    choice.set("slug", region.slug)
        .text("name", region.name, request.locale)
        .flag("selected", chosen == region.code);
    choices.push_back(std::move(choice));
  }
  return choices;
}

std::string olderLink(const Request& request, Host& host, std::optional<RegionCode> region,
                      std::int64_t before) {
  std::string link = request.link("/admin/audit") + "?before=" + std::to_string(before);
  if (region) link += "&region=" + host.region(*region)->slug;
  return link;
}

}  // namespace

Response showLog(const Request& request, Host& host) {
  const auto reach = access::reachOf(*core(host).state()->rights, request.actor, kView);
  const auto region = regionAsked(request, host, reach);
  const std::int64_t before = parseId(request.query.text("before")).value_or(0);
  auto rows = host.read([&](ReadTx& tx) { return list(tx, region, before, kRowsAPage + 1); });
  const bool hasOlder = rows.size() > kRowsAPage;
  if (hasOlder) rows.pop_back();

  std::vector<View> shown;
  for (const Row& row : rows) {
    View view = rowView(row, host.texts(), request.locale);
    const Region* place = row.region ? host.region(*row.region) : nullptr;
    view.text("region", place ? place->name : LocalText{}, request.locale);
    shown.push_back(std::move(view));
  }
  View view;
  view.flag("may_see_nation", reach.nation)
      .list("regions", regionChoices(request, host, reach, region))
      .flag("has_rows", !shown.empty())
      .list("rows", std::move(shown))
      .flag("is_newest", before == 0)
      .set("older", hasOlder ? olderLink(request, host, region, rows.back().id) : "");
  return host.page(request, "audit", std::move(view),
                   {.title = host.texts().get(request.locale, "audit.title")});
}

}  // namespace toimela::audit
