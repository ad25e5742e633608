// An event on another day.
#pragma once

#include <vector>

#include "domain/event.h"

namespace toimela::events {

/// The moment so many days later at the same time of day in Finland.
Instant plusDays(Instant moment, int days);
/// Every moment of the event, so that it begins on the day.
void moveToDay(Event& event, std::vector<Session>& sessions, Date day);

}  // namespace toimela::events
