#include "pages/home_handlers.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "directory/organisations.h"
#include "directory/reference.h"
#include "host/core_host.h"
#include "pages/home_store.h"
#include "pages/region_map.h"
#include "toimela/numbers.h"

namespace toimela::pages {

namespace {

constexpr int kOrganisationsShown = 8;

/// The boxes that are contributed for a place, as HTML. They read for themselves, so no transaction
/// may be open.
void fillTiles(View& view, const Request& request, CoreHost& host, Tile::Place place) {
  std::vector<const plugins::From<Tile>*> tiles;
  for (const auto& tile : host.contributions().tiles)
    if (tile.what.place == place) tiles.push_back(&tile);
  std::ranges::stable_sort(tiles, {}, [](const auto* tile) { return tile->what.order; });
  std::vector<View> views;
  for (const auto* tile : tiles) {
    if (const auto html = host.renderTile(request, *tile)) views.emplace_back().html("tile", *html);
  }
  view.flag("has_tiles", !views.empty());
  view.list("tiles", std::move(views));
}

std::string inWords(const Request& request, const Host& host, std::string_view key, std::int64_t count) {
  return host.texts().format(request.locale, key, {{"count", count}});
}

std::vector<View> regionRowViews(const Request& request, const Host& host, const OrganisationCounts& counts) {
  std::vector<const Region*> byName;
  for (const Region& region : host.regions()) byName.push_back(&region);
  std::ranges::sort(byName, [&](const Region* a, const Region* b) {
    return sortsBefore(a->name.in(request.locale), b->name.in(request.locale), request.locale);
  });
  std::vector<View> views;
  for (const Region* region : byName) {
    const auto count = counts.find(region->code);
    View& view = views.emplace_back();
    view.set("href", request.link("/regions/" + region->slug));
    view.set("name", region->name.pick(request.locale).text);
    view.set("count", showNumber(count == counts.end() ? 0 : count->second, request.locale));
  }
  return views;
}

View figure(std::int64_t number, std::string unit, Locale locale) {
  View view;
  view.set("number", showNumber(number, locale)).set("unit", std::move(unit));
  return view;
}

struct RegionContents {
  std::int64_t count = 0;
  std::vector<Organisation> organisations;
  std::vector<directory::Municipality> municipalities;
};

RegionContents readRegion(Host& host, RegionCode region) {
  directory::OrganisationFilter filter;
  filter.region = region;
  return host.read([&](ReadTx& tx) {
    return RegionContents{directory::countOrganisations(tx, filter),
                          directory::searchOrganisations(tx, filter, kOrganisationsShown, 0),
                          directory::municipalitiesOf(tx, region, Date::today())};
  });
}

void fillOrganisations(View& view, const Request& request, const Host& host, const Region& region,
                       const RegionContents& contents) {
  std::vector<View> views;
  for (const Organisation& organisation : contents.organisations) {
    const auto home = std::ranges::find_if(contents.municipalities, [&](const auto& municipality) {
      return municipality.code == organisation.municipality;
    });
    View& item = views.emplace_back();
    item.set("href", request.link("/organisations/" + organisation.id.text()));
    item.text("name", organisation.name, request.locale);
    item.set("municipality", home == contents.municipalities.end() ? std::string()
                                                                   : home->name.pick(request.locale).text);
  }
  view.flag("has_organisations", !views.empty());
  view.list("organisations", std::move(views));
  view.set("organisations_href", request.link("/organisations?region=" + region.slug));
  view.set("organisations_all", inWords(request, host, "region.organisations_all", contents.count));
}

void fillMunicipalities(View& view, const Request& request, const RegionContents& contents) {
  std::vector<std::string> names;
  for (const auto& municipality : contents.municipalities)
    names.push_back(municipality.name.pick(request.locale).text);
  std::ranges::sort(names, [&](const auto& a, const auto& b) { return sortsBefore(a, b, request.locale); });
  std::string line;
  for (const auto& name : names) (line += line.empty() ? "" : ", ") += name;
  view.flag("has_municipalities", !names.empty()).set("municipalities", std::move(line));
}

/// The region's own greeting, if it has one: a setting of the core (plugins/opening.h).
void fillWelcome(View& view, const Request& request, Host& host, RegionCode region) {
  LocalText welcome;
  for (const Locale locale : kLocales)
    welcome.in(locale) = host.setting("core", "welcome_" + std::string(code(locale)), region);
  const auto shown = welcome.pick(request.locale);
  view.flag("has_welcome", !welcome.empty())
      .html("welcome", markdown(shown.text))
      .set("welcome_lang",
           shown.locale == request.locale ? std::string() : std::string(code(shown.locale)));
}

/// Where a grant holds, in words, with a link where there is a page of the place.
void fillPlace(View& view, const Request& request, Host& host, const Grant& grant,
               const std::vector<Organisation>& organisations) {
  view.set("href", "").set("where_lang", "");
  const auto organisation = std::ranges::find_if(
      organisations, [&](const Organisation& candidate) { return candidate.id == grant.organisation; });
  const Region* region = grant.region ? host.region(*grant.region) : nullptr;
  if (organisation != organisations.end()) {
    view.text("where", organisation->name, request.locale);
    view.set("href", request.link("/organisations/" + organisation->id.text()));
  } else if (region) {
    view.set("where", region->name.pick(request.locale).text);
    view.set("href", request.link("/regions/" + region->slug));
  } else {
    view.set("where", host.texts().get(request.locale, "place.nation"));
  }
}

std::vector<View> roleViews(const Request& request, Host& host) {
  const auto organisations = host.read([&](ReadTx& tx) {
    std::vector<Organisation> found;
    for (const Grant& grant : request.actor.grants) {
      if (!grant.organisation) continue;
      if (auto organisation = directory::findOrganisation(tx, *grant.organisation))
        found.push_back(std::move(*organisation));
    }
    return found;
  });
  std::vector<View> views;
  for (const Grant& grant : request.actor.grants) {
    const std::string role(code(grant.role));
    View& view = views.emplace_back();
    view.set("role", host.texts().get(request.locale, "access.role." + role));
    view.set("meaning", host.texts().get(request.locale, "dashboard.may." + role));
    fillPlace(view, request, host, grant, organisations);
  }
  return views;
}

}  // namespace

Response showHome(const Request& request, Host& host) {
  const OrganisationCounts counts = host.read(countOrganisationsByRegion);
  const std::int64_t organisations = std::accumulate(
      counts.begin(), counts.end(), std::int64_t{0}, [](auto sum, const auto& each) { return sum + each.second; });
  const auto regions = static_cast<std::int64_t>(host.regions().size());
  View view;
  view.list("map", mapViews(host.regions(), counts, request, host.texts()));
  view.list("regions", regionRowViews(request, host, counts));
  std::vector<View> figures;
  figures.push_back(figure(regions, inWords(request, host, "site.region_unit", regions), request.locale));
  figures.push_back(figure(organisations, inWords(request, host, "site.organisation_unit", organisations), request.locale));
  view.list("figures", std::move(figures));
  fillTiles(view, request, core(host), Tile::Place::nation);
  return host.page(request, "home", std::move(view),
                   {.title = host.texts().get(request.locale, "home.title"),
                    .description = host.texts().get(request.locale, "home.description")});
}

Response showRegion(const Request& request, Host& host) {
  const Region* region = request.region ? host.region(*request.region) : nullptr;
  if (!region) throw NotFound();
  const RegionContents contents = readRegion(host, region->code);
  const std::string& name = region->name.pick(request.locale).text;
  View view;
  view.set("name", name).set("lead", inWords(request, host, "region.lead", contents.count));
  view.list("locator", locatorViews(host.regions(), region->code));
  fillWelcome(view, request, host, region->code);
  fillOrganisations(view, request, host, *region, contents);
  fillMunicipalities(view, request, contents);
  fillTiles(view, request, core(host), Tile::Place::region);
  return host.page(request, "region", std::move(view),
                   {.title = name,
                    .description = host.texts().format(request.locale, "region.description", {{"region", name}})});
}

Response showDashboard(const Request& request, Host& host) {
  View view;
  view.set("greeting",
           host.texts().format(request.locale, "dashboard.greeting", {{"name", request.actor.name}}));
  std::vector<View> roles = roleViews(request, host);
  view.flag("has_roles", !roles.empty());
  view.list("roles", std::move(roles));
  fillTiles(view, request, core(host), Tile::Place::dashboard);
  return host.page(request, "dashboard", std::move(view),
                   {.title = host.texts().get(request.locale, "dashboard.title")});
}

}  // namespace toimela::pages
