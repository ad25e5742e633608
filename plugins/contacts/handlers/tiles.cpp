#include "handlers/tiles.h"

#include "handlers/lookup.h"
#include "store/applications.h"
#include "store/members.h"
#include "store/networks.h"
#include "view/networks.h"

namespace toimela::contacts::handlers {

bool fillNationTile(const Request& request, Host& host, View& view) {
  const auto [networks, members] = host.read([](ReadTx& tx) {
    return std::pair{store::countNetworks(tx, std::nullopt),
                     store::countAllMembers(tx, Date::today())};
  });
  view::fillNationBox(view, networks, members, view::Words(request, host));
  return networks > 0;
}

bool fillRegionTile(const Request& request, Host& host, View& view) {
  const Region& region = requireRegion(request, host);
  const auto contacts = host.read(
      [&](ReadTx& tx) { return store::contactPersonsOf(tx, region.code, Date::today()); });
  view::fillRegionBox(view, region, contacts, view::Words(request, host));
  return !contacts.empty();
}

bool fillDashboardTile(const Request& request, Host& host, View& view) {
  if (!request.actor.person) return false;
  const auto [networks, queues] = host.read([&](ReadTx& tx) {
    const PersonId person = *request.actor.person;
    return std::pair{store::networksOfPerson(tx, person, Date::today()),
                     store::queuesOf(tx, person)};
  });
  view::fillDashboardBox(view, networks, queues, view::Words(request, host));
  return !networks.empty() || !queues.empty();
}

}  // namespace toimela::contacts::handlers
