#include "store/form_counts.h"

#include <algorithm>

namespace toimela::events::store {

namespace {

constexpr Sql kAdd{"events.form_count.add",
                   "INSERT INTO events_form_count (event_id, day, what, number) "
                   "SELECT e.id, CAST(:day AS TEXT), CAST(:what AS TEXT), CAST(:first AS BIGINT) "
                   "FROM events_event e WHERE e.id = :event "
                   "ON CONFLICT (event_id, day, what) DO UPDATE SET number = "
                   "CASE WHEN events_form_count.number + CAST(:number AS BIGINT) < 0 THEN 0 "
                   "ELSE events_form_count.number + CAST(:number AS BIGINT) END"};
constexpr Sql kList{"events.form_count.list",
                    "SELECT day, what, number FROM events_form_count WHERE event_id = :event "
                    "ORDER BY day DESC, what"};

}  // namespace

void addToCount(WriteTx& tx, EventId event, Date day, FormStep step, std::int64_t number) {
  tx.run(kAdd, day, code(step), std::max<std::int64_t>(0, number), event, number);
}

std::vector<DayOfForms> formCounts(ReadTx& tx, EventId event) {
  std::vector<DayOfForms> days;
  tx.each(
      kList,
      [&](Date day, std::string what, std::int64_t number) {
        const auto step = parseFormStep(what);
        if (!step) return;
        if (days.empty() || days.back().day != day) days.push_back({day, {}});
        days.back().counts[*step] = number;
      },
      event);
  return days;
}

}  // namespace toimela::events::store
