#include "handlers/waiting.h"

#include "store/waiting.h"
#include "trendcards.h"
#include "view/results.h"
#include "view/session_words.h"

namespace toimela::trendcards::handlers {

namespace {

/// A result that nothing was done with for longer is let rest.
constexpr std::chrono::days kRemembered{60};
constexpr int kMostShown = 10;

bool isHeld(const store::WaitingOrders& orders, const Actor& actor, Host& host) {
  return host.allowed(actor, kStock, {.region = orders.holder}) && host.active("trendcards", orders.holder);
}

View sessionRow(const store::LedSession& session, const view::Words& words) {
  View row;
  row.set("href", words.link(session.isOpen ? view::pathOf(session.session) : view::resultPath(session.session)))
      .set("title", session.title)
      .set("people", words.count("trendcards.session.people", session.participants))
      .set("day", showDate(Date::of(session.at), words.locale()))
      .flag("is_open", session.isOpen);
  return row;
}

}  // namespace

bool fillWorkTile(const Request& request, Host& host, View& view) {
  if (!request.actor.person) return false;
  const auto [sessions, orders] = host.read([&](ReadTx& tx) {
    return std::pair{store::waitingSessions(tx, *request.actor.person, now(), now() - kRemembered, kMostShown),
                     store::waitingOrders(tx)};
  });
  std::int64_t waiting = 0;
  for (const store::WaitingOrders& each : orders)
    if (isHeld(each, request.actor, host)) waiting += each.orders;
  const view::Words words(request, host);
  std::vector<View> rows;
  for (const store::LedSession& session : sessions)
    if (host.allowed(request.actor, kFacilitate, {.region = session.region})) rows.push_back(sessionRow(session, words));
  const bool isAnything = waiting > 0 || !rows.empty();
  view.set("orders", waiting > 0 ? words.count("trendcards.waiting.orders", waiting) : std::string());
  setList(view, "sessions", std::move(rows));
  return isAnything;
}

}  // namespace toimela::trendcards::handlers
