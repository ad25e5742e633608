#include "handlers/mailings.h"

#include <nlohmann/json.hpp>

#include "operations/letters.h"
#include "operations/mailings.h"
#include "store/events.h"
#include "store/feedback.h"
#include "store/feeds.h"
#include "store/mailings.h"
#include "toimela/directory.h"

namespace toimela::events::handlers {

namespace {

/// When Finland's clocks show the time on that day.
Instant at(Date day, const char* time) {
  return *parseHelsinkiTime(day.text() + "T" + time);
}

/// Feedback is asked for when the event is over, and once more from who has not answered. An event
/// that was over long before is left alone: somebody may have brought it in from elsewhere.
constexpr std::chrono::hours kAskAfter{2}, kRemindAfter{24 * 5}, kAskWithin{24 * 14};

void ask(Host& host, const JobTurn& turn, std::string_view kind, std::chrono::hours after) {
  const auto events = host.read([&](ReadTx& tx) {
    return store::endedWithout(tx, kind, now() - kAskWithin, now() - after);
  });
  for (const EventId id : events) {
    if (turn.stop.stop_requested()) return;
    host.writeAs({}, [&](WriteTx& tx) {
      tx.unaudited("asking for feedback changes nothing");
      if (const auto event = store::findEvent(tx, id)) operations::askForFeedback(tx, *event, kind);
    });
  }
}

}  // namespace

void remindOfEvents(Host& host, const JobTurn& turn) {
  const Date today = Date::today();
  if (now() < at(today, "09:00")) return;
  const Instant from = at(today.plusDays(1), "00:00"), to = at(today.plusDays(2), "00:00");
  const auto events = host.read([&](ReadTx& tx) {
    return store::beginningWithout(tx, operations::kReminder, from, to);
  });
  for (const EventId id : events) {
    if (turn.stop.stop_requested()) return;
    host.writeAs({}, [&](WriteTx& tx) {
      tx.unaudited("a reminder changes nothing");
      if (const auto event = store::findEvent(tx, id)) operations::remind(tx, *event);
    });
  }
}

void askForFeedback(Host& host, const JobTurn& turn) {
  if (now() < at(Date::today(), "09:00")) return;
  ask(host, turn, operations::kFeedback, kAskAfter);
  ask(host, turn, operations::kFeedbackReminder, kRemindAfter);
}

PersonalData feedData() {
  return {.section = "event_calendar",
          .exporter =
              [](ReadTx& tx, PersonId person) {
                const auto found = directory::findPerson(tx, person);
                auto answers = nlohmann::json::array();
                for (const auto& given : store::feedbackBy(tx, person, found ? found->email.key() : ""))
                  answers.push_back({{"rating", given.feedback.rating}, {"answer", given.feedback.answer}});
                return nlohmann::json{{"hasCalendarAddress", store::feedNonce(tx, person).has_value()},
                                      {"feedback", answers}}.dump();
              },
          .eraser = [](WriteTx& tx, PersonId person) { store::removeFeed(tx, person); },
          // Feedback is forgotten together with the registrations, see operations/own.h.
          .columns = {"events_feed.person_id", "events_feedback.participant_id", "events_feedback.answer"}};
}

}  // namespace toimela::events::handlers
