#include "handlers/co_organisers.h"

#include <algorithm>

#include "events.h"
#include "handlers/organised.h"
#include "handlers/part_form.h"
#include "operations/co_organisers.h"
#include "store/co_organisers.h"
#include "view/co_organisers.h"

namespace toimela::events::handlers {

namespace {

constexpr int kMostMatches = 5;
const PartPage kPage{.tab = "manage",
                         .titleKey = "events.co.title",
                         .introKey = "events.co.text",
                         .back = {},
                         .takesFiles = false};

struct Shared {
  Event event;
  CoOrganisers others;
  std::vector<Organisation> organisations;
};
Shared read(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Shared shared{.event = requireOrganised(tx, request), .others = {}, .organisations = {}};
    shared.others = store::coOrganisersOf(tx, shared.event.id);
    shared.organisations = organisationsOf(tx, shared.others);
    return shared;
  });
}

/// Regions that could organise with the event's own: where the plugin is on, and those already there.
std::vector<Region> regionsFor(Host& host, const Shared& shared) {
  std::vector<Region> regions;
  for (const Region& region : host.regions()) {
    const bool isThere = std::ranges::find(shared.others.regions, region.code) != shared.others.regions.end();
    if (region.code != shared.event.region && (isThere || host.active(kPlugin, region.code)))
      regions.push_back(region);
  }
  return regions;
}

}  // namespace

std::vector<Organisation> organisationsOf(ReadTx& tx, const CoOrganisers& others) {
  std::vector<Organisation> organisations;
  for (const OrganisationId id : others.organisations)
    if (auto found = directory::findOrganisation(tx, id)) organisations.push_back(std::move(*found));
  return organisations;
}

Response editCoOrganisers(const Request& request, Host& host) {
  const Shared shared = read(request, host);
  const view::Words words(request, host);
  Form form(view::coOrganiserFields(regionsFor(host, shared), words));
  view::fillCoOrganisers(form, shared.others, shared.organisations, request.locale);
  return showPart(request, host, shared.event, kPage, form);
}

Response saveCoOrganisers(const Request& request, Host& host) {
  const Shared shared = read(request, host);
  const view::Words words(request, host);
  Form form = Form::read(view::coOrganiserFields(regionsFor(host, shared), words), request.form);
  const auto others = host.read([&](ReadTx& tx) {
    const auto find = [&](const std::string& typed) { return directory::matchOrganisations(tx, typed, kMostMatches); };
    return view::readCoOrganisers(form, find, request.locale);
  });
  if (!form.ok()) return showPart(request, host, shared.event, kPage, form, 422);
  host.write(request, [&](WriteTx& tx) { operations::setCoOrganisers(tx, shared.event.id, others); });
  return host.redirect(request, view::pathOf(shared.event.id) + "/manage", "events.done.shared");
}

}  // namespace toimela::events::handlers
