#include "view/calendar.h"

#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace toimela::events::view {

namespace {

/// Summer time as the European Union has had it since 1996 (directive 2000/84/EC), in Finnish time.
constexpr const char* kHelsinki =
    "BEGIN:VTIMEZONE\r\n"
    "TZID:Europe/Helsinki\r\n"
    "BEGIN:STANDARD\r\n"
    "DTSTART:19961027T040000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0300\r\n"
    "TZOFFSETTO:+0200\r\n"
    "TZNAME:EET\r\n"
    "END:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\n"
    "DTSTART:19970330T030000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0200\r\n"
    "TZOFFSETTO:+0300\r\n"
    "TZNAME:EEST\r\n"
    "END:DAYLIGHT\r\n"
    "END:VTIMEZONE\r\n";

struct Freed {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
  void operator()(char* text) const { icalmemory_free_buffer(text); }
};
using Component = std::unique_ptr<icalcomponent, Freed>;
using Text = std::unique_ptr<char, Freed>;

/// Control characters have no place in a calendar (RFC 5545, section 3.1); line breaks are escaped by
/// the library.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x20 ? c != 0x7f : c == '\n') out += c;
  return out;
}

/// A value of a parameter can have no double quote (RFC 5545, section 3.1).
std::string parameter(std::string_view text) {
  std::string out = printable(text);
  std::replace(out.begin(), out.end(), '"', '\'');
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

icaltimetype utc(Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
  return icaltime_from_timet_with_zone(static_cast<time_t>(seconds), 0, icaltimezone_get_utc_timezone());
}

/// The time that clocks in Finland show, named by its zone.
icalproperty* localTime(icalproperty* (*make)(icaltimetype), Instant instant) {
  std::string digits = helsinkiText(instant) + ":00";
  std::erase_if(digits, [](char c) { return c == '-' || c == ':'; });
  icalproperty* property = make(icaltime_from_string(digits.c_str()));
  icalproperty_add_parameter(property, icalparameter_new_tzid("Europe/Helsinki"));
  return property;
}

void add(icalcomponent* component, icalproperty* property) {
  if (!property) throw std::logic_error("a property of a calendar could not be made");
  icalcomponent_add_property(component, property);
}

void addText(icalcomponent* component, icalproperty* (*make)(const char*), const std::string& text) {
  if (!text.empty()) add(component, make(printable(text).c_str()));
}

void addPerson(icalcomponent* component, icalproperty* (*make)(const char*), const CalendarPerson& person,
               bool isAttendee) {
  icalproperty* property = make(("mailto:" + printable(person.email)).c_str());
  if (!person.name.empty())
    icalproperty_add_parameter(property, icalparameter_new_cn(parameter(person.name).c_str()));
  if (isAttendee) {
    icalproperty_add_parameter(property, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
    icalproperty_add_parameter(property, icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED));
    icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
  }
  add(component, property);
}

icalproperty_status statusOf(CalendarEntry::Status status) {
  switch (status) {
    case CalendarEntry::Status::confirmed: return ICAL_STATUS_CONFIRMED;
    case CalendarEntry::Status::tentative: return ICAL_STATUS_TENTATIVE;
    case CalendarEntry::Status::cancelled: return ICAL_STATUS_CANCELLED;
  }
  return ICAL_STATUS_NONE;
}

Component eventOf(const CalendarEntry& entry) {
  Component event(icalcomponent_new_vevent());
  addText(event.get(), icalproperty_new_uid, entry.uid);
  add(event.get(), icalproperty_new_dtstamp(utc(entry.stamp)));
  add(event.get(), icalproperty_new_sequence(static_cast<int>(entry.sequence)));
  add(event.get(), localTime(icalproperty_new_dtstart, entry.startsAt));
  add(event.get(), localTime(icalproperty_new_dtend, entry.endsAt));
  addText(event.get(), icalproperty_new_summary, entry.summary);
  addText(event.get(), icalproperty_new_description, entry.description);
  addText(event.get(), icalproperty_new_location, entry.location);
  addText(event.get(), icalproperty_new_url, entry.url);
  if (entry.organiser) addPerson(event.get(), icalproperty_new_organizer, *entry.organiser, false);
  if (entry.attendee) addPerson(event.get(), icalproperty_new_attendee, *entry.attendee, true);
  add(event.get(), icalproperty_new_status(statusOf(entry.status)));
  return event;
}

std::string calendar(icalproperty_method method, const std::string& name,
                     const std::vector<CalendarEntry>& entries) {
  Component calendar(icalcomponent_new_vcalendar());
  add(calendar.get(), icalproperty_new_prodid("-//Toimela//Events 1.0//EN"));
  add(calendar.get(), icalproperty_new_version("2.0"));
  add(calendar.get(), icalproperty_new_calscale("GREGORIAN"));
  add(calendar.get(), icalproperty_new_method(method));
  if (!name.empty()) {
    icalproperty* title = icalproperty_new_x(printable(name).c_str());
    icalproperty_set_x_name(title, "X-WR-CALNAME");
    add(calendar.get(), title);
  }
  icalcomponent* zone = icalparser_parse_string(kHelsinki);
  if (!zone) throw std::logic_error("the time zone of Finland can not be read");
  icalcomponent_add_component(calendar.get(), zone);
  for (const CalendarEntry& entry : entries)
    icalcomponent_add_component(calendar.get(), eventOf(entry).release());
  const Text text(icalcomponent_as_ical_string_r(calendar.get()));
  if (!text) throw std::bad_alloc();
  return text.get();
}

}  // namespace

std::string invitation(const CalendarEntry& entry) { return calendar(ICAL_METHOD_REQUEST, {}, {entry}); }

std::string cancellation(CalendarEntry entry) {
  entry.status = CalendarEntry::Status::cancelled;
  // Later than what it takes back, for programs that go by the number alone.
  ++entry.sequence;
  return calendar(ICAL_METHOD_CANCEL, {}, {std::move(entry)});
}

std::string feed(const std::string& name, const std::vector<CalendarEntry>& entries) {
  return calendar(ICAL_METHOD_PUBLISH, name, entries);
}

}  // namespace toimela::events::view
