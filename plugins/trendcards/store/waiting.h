// What waits for who leads card sessions and who holds printed decks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/session.h"
#include "toimela/data.h"

namespace toimela::trendcards::store {

struct LedSession {
  SessionId session;
  RegionCode region;
  std::string title;
  std::int64_t participants = 0;
  bool isOpen = false;
  Instant at;  ///< when it closes, or was over
};
/// Sessions of regions where the plugin is on that the person leads: those that are open, and those over since
/// `since` that somebody took part in and whose result was neither shared nor brought to an event nor to the
/// archive. The open ones first, then the latest.
std::vector<LedSession> waitingSessions(ReadTx& tx, PersonId person, Instant now, Instant since, int limit);

/// Orders that are to be accepted or sent, by who holds the decks (nothing: the nation).
struct WaitingOrders {
  std::optional<RegionCode> holder;
  std::int64_t orders = 0;
};
std::vector<WaitingOrders> waitingOrders(ReadTx& tx);

}  // namespace toimela::trendcards::store
