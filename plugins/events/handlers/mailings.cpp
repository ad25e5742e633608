#include "handlers/mailings.h"

#include <nlohmann/json.hpp>

#include "operations/letters.h"
#include "operations/mailings.h"
#include "store/events.h"
#include "store/feeds.h"
#include "store/mailings.h"

namespace toimela::events::handlers {

namespace {

/// When Finland's clocks show the time on that day.
Instant at(Date day, const char* time) {
  return *parseHelsinkiTime(day.text() + "T" + time);
}

}  // namespace

void remindOfEvents(Host& host, const std::vector<RegionCode>&) {
  const Date today = Date::today();
  if (now() < at(today, "09:00")) return;
  const Instant from = at(today.plusDays(1), "00:00"), to = at(today.plusDays(2), "00:00");
  const auto events = host.read([&](ReadTx& tx) {
    return store::beginningWithout(tx, operations::kReminder, from, to);
  });
  for (const EventId id : events)
    host.writeAs({}, [&](WriteTx& tx) {
      tx.unaudited("a reminder changes nothing");
      if (const auto event = store::findEvent(tx, id)) operations::remind(tx, *event);
    });
}

PersonalData feedData() {
  return {.section = "event_calendar",
          .exporter =
              [](ReadTx& tx, PersonId person) {
                return nlohmann::json{{"hasCalendarAddress", store::feedNonce(tx, person).has_value()}}.dump();
              },
          .eraser = [](WriteTx& tx, PersonId person) { store::removeFeed(tx, person); },
          .columns = {"events_feed.person_id"}};
}

}  // namespace toimela::events::handlers
