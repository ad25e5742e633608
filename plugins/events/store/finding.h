// Which events the search of the whole service goes through, and which of them have changed.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::events::store {

inline constexpr std::string_view kSearchKind = "event";

/// Ids of all events but templates, after `after`.
std::vector<std::int64_t> eventIdsAfter(ReadTx& tx, std::int64_t after, int limit);
/// What is found of the event is not what it was.
void tellSearch(WriteTx& tx, EventId event);

}  // namespace toimela::events::store
