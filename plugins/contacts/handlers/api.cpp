#include "handlers/api.h"

#include "handlers/lookup.h"
#include "handlers/rights.h"
#include "store/members.h"
#include "store/networks.h"
#include "toimela/paging.h"
#include "view/json.h"

namespace toimela::contacts::handlers {

Response apiNetworks(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  auto networks = host.read([&](ReadTx& tx) {
    return store::networksAfter(tx, paging.afterId<NetworkId>(), paging.limit + 1, Date::today());
  });
  const auto next = paging.cut(networks, [](const auto& network) { return network.id.text(); });
  return host.json(view::networksJson(networks, next));
}

Response apiNetwork(const Request& request, Host& host) {
  return host.json(host.read([&](ReadTx& tx) {
    const Network network = requireNetwork(tx, request);
    return view::networkJson(network, store::countMembers(tx, network.id, Date::today()));
  }));
}

Response apiMembers(const Request& request, Host& host) {
  struct Found {
    Network network;
    std::vector<store::MemberRow> all, page;
  };
  const Paging paging = Paging::of(request);
  const Date today = Date::today();
  auto found = host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    const auto id = network.id;
    return Found{std::move(network), store::currentMembers(tx, id, today),
                 store::membersAfter(tx, id, paging.afterId<MemberId>(), paging.limit + 1, today)};
  });
  const auto reader = readerOf(request, host, found.network, found.all);
  const auto next = paging.cut(found.page, [](const auto& row) { return row.member.id.text(); });
  return host.json(view::membersJson(found.page, reader, next));
}

}  // namespace toimela::contacts::handlers
