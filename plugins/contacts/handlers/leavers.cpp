#include "handlers/leavers.h"

#include "operations/telling.h"
#include "store/networks.h"

namespace toimela::contacts::handlers {

namespace {

constexpr int kAtOnce = 100;

void forgetIn(WriteTx& tx, NetworkId id) {
  if (const auto network = store::findNetwork(tx, id)) operations::forgetLeavers(tx, *network);
  else tx.unaudited("the network is gone by now");
}

void forgetAllLeavers(Host& host, const JobTurn&) {
  NetworkId after{};
  while (true) {
    const auto some = host.read(
        [&](ReadTx& tx) { return store::networksAfter(tx, after, kAtOnce, Date::today()); });
    for (const auto& summary : some)
      host.writeAs(std::nullopt, [&](WriteTx& tx) { forgetIn(tx, summary.id); });
    if (some.size() < kAtOnce) return;
    after = some.back().id;
  }
}

}  // namespace

ScheduledJob leaversJob() { return {"leavers", std::chrono::hours(1), forgetAllLeavers}; }

}  // namespace toimela::contacts::handlers
