#include "handlers/networks.h"

#include <algorithm>

#include "contacts.h"
#include "handlers/coverage.h"
#include "handlers/lookup.h"
#include "handlers/rights.h"
#include "store/applications.h"
#include "store/members.h"
#include "store/networks.h"
#include "store/profiles.h"
#include "toimela/directory.h"
#include "toimela/last_change.h"
#include "view/networks.h"

namespace toimela::contacts::handlers {

namespace {

constexpr int kPageSize = 25;
constexpr int kRelated = 5;
constexpr int kOthers = 50;

int targetOf(Host& host, RegionCode region) {
  const std::string value = host.setting(kPlugin, kTargetOrganisations, region);
  return static_cast<int>(parseId(value).value_or(0));
}

bool hasApplied(ReadTx& tx, const Request& request, const Network& network) {
  if (!request.actor.signedIn()) return false;
  const auto latest = store::latestApplication(tx, network.id, *request.actor.person);
  return latest && latest->application.state == ApplicationState::open;
}

}  // namespace

Response listNetworks(const Request& request, Host& host) {
  const auto kind = parseNetworkKind(request.query.text("kind"));
  const auto page = std::min<std::int64_t>(parseId(request.query.text("page")).value_or(1), 10'000);
  auto list = host.read([&](ReadTx& tx) {
    const auto total = store::countNetworks(tx, kind);
    return view::NetworkListPage{
        .networks = store::listNetworks(
            tx, kind, {.limit = kPageSize, .offset = static_cast<int>(page - 1) * kPageSize},
            Date::today()),
        .total = total,
        .kind = kind,
        .page = page,
        .pages = std::max<std::int64_t>(1, (total + kPageSize - 1) / kPageSize)};
  });
  if (list.page > list.pages) throw NotFound();
  list.canAdd = placesToAdd(request, host).any();
  return host.page(request, "networks", view::networkList(list, view::Words(request, host)));
}

Response showRegion(const Request& request, Host& host) {
  const Region& region = requireRegion(request, host);
  const int target = targetOf(host, region.code);
  const Date today = Date::today();
  auto page = host.read([&](ReadTx& tx) {
    return view::RegionPage{
        .region = region,
        .networks = store::networksOfRegion(tx, region.code, today),
        .contactPersons = store::contactPersonsOf(tx, region.code, today),
        .coverage = {static_cast<int>(store::countContactOrganisations(tx, region.code, today)),
                     target},
        .missing = missingIn(tx, host, region.code, today)};
  });
  page.reader = readerOf(request, host, region.code);
  page.canAdd = host.allowed(request.actor, kAddNetwork, {.region = region.code});
  const view::Words words(request, host);
  return host.page(request, "region", view::regionPage(page, words),
                   {.title = view::regionTitle(region, words)});
}

Response showNetwork(const Request& request, Host& host) {
  const Date today = Date::today();
  auto page = host.read([&](ReadTx& tx) {
    const Network network = requireNetwork(tx, request);
    return view::NetworkPage{
        .network = network,
        .coordinator = network.coordinator ? directory::findPerson(tx, *network.coordinator)
                                           : std::nullopt,
        .coordinatorLevels = network.coordinator
                                 ? store::profileOf(tx, *network.coordinator).levels
                                 : Levels{},
        .members = store::currentMembers(tx, network.id, today),
        .organisations = store::organisationShares(tx, network.id, today),
        .regions = store::regionShares(tx, network.id, today),
        .counts = store::countMembers(tx, network.id, today),
        .related = store::relatedNetworks(tx, network.id, kRelated, today),
        .others = store::otherMembers(tx, network.id, kOthers, today),
        .invited = store::invitedTo(tx, network.id),
        .waiting = store::countOpenApplications(tx, network.id),
        .hasApplied = hasApplied(tx, request, network)};
  });
  page.membersPage = static_cast<std::size_t>(
      std::min<std::int64_t>(parseId(request.query.text("members")).value_or(1), 10'000));
  if (request.actor.signedIn())
    std::ranges::copy_if(page.members, std::back_inserter(page.own), [&](const auto& row) {
      return row.member.person == request.actor.person;
    });
  const auto reader = readerOf(request, host, page.network, page.members);
  const view::Words words(request, host);
  View shown = view::networkPage(page, reader, words);
  if (reader.editsNetwork)
    showLastChange(shown, host.read([&](ReadTx& tx) {
      return lastChange(tx, "contacts.network:" + page.network.id.text());
    }), request, host);
  shown.flag("reads_board", readsBoard(request, host, page.network, page.members));
  return host.page(request, "network", std::move(shown),
                   {.title = words.pick(page.network.name)});
}

}  // namespace toimela::contacts::handlers
