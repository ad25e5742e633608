// What is mailed by itself, and what the plugin keeps of people for their calendars.
#pragma once

#include "toimela/registry.h"

namespace toimela::events::handlers {

/// The day before an event, from nine in the morning in Finland.
void remindOfEvents(Host& host, const JobTurn& turn);

/// After an event, and a few days later from who has not answered.
void askForFeedback(Host& host, const JobTurn& turn);

PersonalData feedData();

}  // namespace toimela::events::handlers
