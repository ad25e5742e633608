// From events and places to what stands in calendars.
#pragma once

#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/host.h"
#include "view/calendar.h"

namespace toimela::events::view {

/// Titles of the workshops that a participant chose.
std::string workshopsOf(const std::vector<Session>& sessions, const Participant& participant, Locale locale);
/// An event as everybody sees it.
CalendarEntry eventEntry(Host& host, const Event& event, Locale locale);
/// A participant's place. It is tentative until it is confirmed.
CalendarEntry placeEntry(Host& host, const Event& event, const std::vector<Session>& sessions,
                         const Participant& participant, Locale locale);
/// The name of this service's host, which makes UIDs unique in the world.
std::string hostName(const std::string& baseUrl);

}  // namespace toimela::events::view
