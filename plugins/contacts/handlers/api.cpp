#include "handlers/api.h"

#include <algorithm>

#include "handlers/lookup.h"
#include "handlers/rights.h"
#include "store/members.h"
#include "store/networks.h"
#include "view/json.h"

namespace toimela::contacts::handlers {

namespace {

constexpr std::int64_t kDefaultLimit = 50, kLargestLimit = 200;

int limitOf(const Request& request) {
  const auto wished = parseId(request.query.text("limit")).value_or(kDefaultLimit);
  return static_cast<int>(std::min(wished, kLargestLimit));
}

/// The id after which the page begins.
template <class I>
I afterOf(const Request& request) {
  return I{parseId(request.query.text("after")).value_or(0)};
}

/// Cuts off the row that was read beyond the page; the cursor of the next page if there was one.
template <class T, class IdOf>
auto cutPage(std::vector<T>& rows, int limit, IdOf idOf) {
  std::optional<std::decay_t<decltype(idOf(rows.front()))>> next;
  if (static_cast<int>(rows.size()) <= limit) return next;
  rows.pop_back();
  next = idOf(rows.back());
  return next;
}

}  // namespace

Response apiNetworks(const Request& request, Host& host) {
  const int limit = limitOf(request);
  auto networks = host.read([&](ReadTx& tx) {
    return store::networksAfter(tx, afterOf<NetworkId>(request), limit + 1, Date::today());
  });
  const auto next = cutPage(networks, limit, [](const auto& network) { return network.id; });
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
  const int limit = limitOf(request);
  const Date today = Date::today();
  auto found = host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    const auto id = network.id;
    return Found{std::move(network), store::currentMembers(tx, id, today),
                 store::membersAfter(tx, id, afterOf<MemberId>(request), limit + 1, today)};
  });
  const auto reader = readerOf(request, host, found.network, found.all);
  const auto next = cutPage(found.page, limit, [](const auto& row) { return row.member.id; });
  return host.json(view::membersJson(found.page, reader, next));
}

}  // namespace toimela::contacts::handlers
