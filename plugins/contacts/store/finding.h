// What the search of the whole service goes through, and what of it has changed.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/network.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

inline constexpr std::string_view kNetworkKind = "network", kPersonKind = "contact";

std::vector<std::int64_t> networkIdsAfter(ReadTx& tx, std::int64_t after, int limit);
void tellSearch(WriteTx& tx, NetworkId network);
void tellSearch(WriteTx& tx, PersonId person);
/// Places begin and end by the calendar, without a change that anybody made: those of the days
/// before this one are told, a week's, so that nothing is missed while the service was down.
void tellSearchOfTurns(WriteTx& tx, Date today);

}  // namespace toimela::contacts::store
