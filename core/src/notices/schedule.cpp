#include "notices/schedule.h"

#include "kit/local_time.h"

namespace toimela::notices {

namespace {

using namespace std::chrono;
using LocalTime = local_time<milliseconds>;

constexpr hours kMorning{7};

/// The moment at which the clocks in Finland last showed `local` before or at about `near`. The
/// mornings asked for lie in no hour that a change of clocks leaves out or repeats.
Instant instantOf(LocalTime local, Instant near) {
  const Instant guess = near - (helsinkiTime(near) - local);
  return guess - (helsinkiTime(guess) - local);
}

}  // namespace

DueUntil dueUntil(Instant now) {
  const LocalTime local = helsinkiTime(now);
  LocalTime daily = floor<days>(local) + kMorning;
  if (daily > local) daily -= days(1);
  const weekday today{floor<days>(daily)};
  const LocalTime weekly = daily - (today - Monday);
  return {now, instantOf(daily, now), instantOf(weekly, now)};
}

Instant endOf(const Date& day) {
  const LocalTime midnight{local_days(sys_days(day.day()).time_since_epoch() + days(1))};
  return instantOf(midnight, Instant(midnight.time_since_epoch()));
}

}  // namespace toimela::notices
