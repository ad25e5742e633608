#include "handlers/figures.h"

#include <chrono>

#include "handlers/lookup.h"
#include "store/figures.h"
#include "view/figures.h"

namespace toimela::contacts::handlers {

namespace {

constexpr int kMonths = 12;

}  // namespace

Response showFigures(const Request& request, Host& host) {
  const Date today = Date::today();
  // Reaches back beyond the first day of the first month.
  const Instant since = now() - std::chrono::days{31 * kMonths};
  const auto page = host.read([&](ReadTx& tx) {
    const Network network = requireNetwork(tx, request);
    return view::FiguresPage{
        .network = network,
        .months = monthByMonth(store::joinedByMonth(tx, network.id, today),
                               store::leftByMonth(tx, network.id, today), store::writtenByMonth(tx, network.id, since),
                               today, kMonths),
        .regions = store::regionShares(tx, network.id, today),
        .sectors = store::sectorShares(tx, network.id, today)};
  });
  return host.page(request, "network_figures",
                   view::figuresPage(page, view::Words(request, host)));
}

}  // namespace toimela::contacts::handlers
