// The figures of a network: counts, never people.
#pragma once

#include <vector>

#include "domain/figures.h"
#include "domain/network.h"
#include "store/members.h"
#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::contacts::store {

/// How many memberships began, by month, until today.
CountByMonth joinedByMonth(ReadTx& tx, NetworkId network, Date today);
/// How many had their last day, by month, before today.
CountByMonth leftByMonth(ReadTx& tx, NetworkId network, Date today);

/// How many posts and comments were written, by month, since `since`.
CountByMonth writtenByMonth(ReadTx& tx, NetworkId network, Instant since);

struct SectorShare {
  Sector sector;
  std::int64_t people;
};
/// How today's people spread over the sectors of their organisations, the largest first.
std::vector<SectorShare> sectorShares(ReadTx& tx, NetworkId network, Date today);

}  // namespace toimela::contacts::store
