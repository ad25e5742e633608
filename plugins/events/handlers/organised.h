// What the pages of organisers share: the things that a path names, and where somebody organises.
#pragma once

#include <algorithm>
#include <vector>

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/data.h"
#include "toimela/host.h"
#include "toimela/table.h"
#include "view/managing.h"

namespace toimela::events::handlers {

/// The event named by {event}; 404 when there is none.
Event requireOrganised(ReadTx& tx, const Request& request);
Session requireSession(ReadTx& tx, const Request& request, const Event& event);
Quota requireQuota(ReadTx& tx, const Request& request, const Event& event);
Participant requireParticipant(ReadTx& tx, const Request& request, const Event& event);

/// Where the actor may organise.
struct Territory {
  std::vector<Region> regions;
  bool nation = false;
  std::vector<RegionCode> codes() const;
};
Territory territoryOf(const Request& request, Host& host);

/// How many of an event's participants are in each state.
view::Standing standingOf(ReadTx& tx, EventId event);

/// The page of a table whose rows are all there.
template <class T>
std::vector<T> pageOf(const std::vector<T>& all, const Table& table) {
  const auto begin = std::min(all.size(), static_cast<std::size_t>(table.offset()));
  const auto end = std::min(all.size(), begin + static_cast<std::size_t>(table.limit()));
  return {all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end)};
}

}  // namespace toimela::events::handlers
