#include "domain/shift.h"

#include <chrono>

namespace toimela::events {

Instant plusDays(Instant moment, int days) {
  const std::string time = helsinkiText(moment).substr(10);
  const Date day = Date::of(moment).plusDays(days);
  // In the hour that summer time skips there is no such time: then as many hours later.
  return parseHelsinkiTime(day.text() + time).value_or(moment + std::chrono::hours(24 * days));
}

void moveToDay(Event& event, std::vector<Session>& sessions, Date day) {
  const int days = static_cast<int>((std::chrono::sys_days(day.day()) -
                                     std::chrono::sys_days(Date::of(event.startsAt).day()))
                                        .count());
  event.startsAt = plusDays(event.startsAt, days);
  event.endsAt = plusDays(event.endsAt, days);
  if (event.opensAt) event.opensAt = plusDays(*event.opensAt, days);
  if (event.closesAt) event.closesAt = plusDays(*event.closesAt, days);
  for (Session& session : sessions) {
    session.startsAt = plusDays(session.startsAt, days);
    session.endsAt = plusDays(session.endsAt, days);
  }
}

}  // namespace toimela::events
