// iCalendar objects (RFC 5545): invitations in mails (iTIP, RFC 5546) and feeds. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "toimela/types.h"

namespace toimela::events::view {

/// Somebody with an address.
struct CalendarPerson {
  std::string name;
  std::string email;
};

/// What stands in a calendar: an event, or somebody's place in it. All texts are in the reader's
/// language.
struct CalendarEntry {
  std::string uid;             ///< stays the same through every change
  std::int64_t sequence = 0;   ///< raised by every change of time or place
  Instant stamp{};             ///< when this was written
  Instant startsAt{}, endsAt{};
  std::string summary, description, location, url;
  std::optional<CalendarPerson> organiser, attendee;
  enum class Status { confirmed, tentative, cancelled } status = Status::confirmed;
};

/// METHOD:REQUEST: the reader's calendar takes the entry in, or changes the one it has. It needs an
/// organiser and an attendee, whose place is settled already: nobody is asked to reply.
std::string invitation(const CalendarEntry& entry);
/// METHOD:CANCEL with STATUS:CANCELLED: the entry goes from the reader's calendar.
std::string cancellation(CalendarEntry entry);
/// METHOD:PUBLISH with everything that a feed has; `name` is what calendars call it.
std::string feed(const std::string& name, const std::vector<CalendarEntry>& entries);

}  // namespace toimela::events::view
