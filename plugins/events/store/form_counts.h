// How many forms were begun, sent and left, for each event and day.
#pragma once

#include <map>
#include <vector>

#include "domain/form_count.h"
#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// Never fewer than none, whatever is taken away.
void addToCount(WriteTx& tx, EventId event, Date day, FormStep step, std::int64_t number);

struct DayOfForms {
  Date day;
  std::map<FormStep, std::int64_t> counts;
};
/// The days on which anything happened, the latest first.
std::vector<DayOfForms> formCounts(ReadTx& tx, EventId event);

}  // namespace toimela::events::store
