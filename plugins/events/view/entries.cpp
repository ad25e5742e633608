#include "view/entries.h"

#include <algorithm>

#include "view/words.h"

namespace toimela::events::view {

namespace {

using Status = CalendarEntry::Status;

void addParagraph(std::string& text, const std::string& paragraph) {
  if (!paragraph.empty()) text.append(text.empty() ? "" : "\n\n").append(paragraph);
}

CalendarEntry common(Host& host, const Event& event, Locale locale) {
  const std::string domain = hostName(host.baseUrl());
  return {.sequence = event.sequence,
          .stamp = now(),
          .startsAt = event.startsAt,
          .endsAt = event.endsAt,
          .summary = event.title.pick(locale).text,
          .description = event.summary.pick(locale).text,
          .location = placeText(event, Words(locale, host)),
          .url = host.absolute(locale, pathOf(event.id)),
          .organiser = CalendarPerson{event.contactName.empty() ? "Toimela" : event.contactName,
                                      event.contactEmail.empty() ? "noreply@" + domain : event.contactEmail},
          .status = event.status == EventStatus::cancelled ? Status::cancelled : Status::confirmed};
}

}  // namespace

std::string workshopsOf(const std::vector<Session>& sessions, const Participant& participant, Locale locale) {
  std::string names;
  for (const Session& session : sessions)
    if (std::ranges::find(participant.sessions, session.id) != participant.sessions.end())
      names.append(names.empty() ? "" : ", ").append(session.title.pick(locale).text);
  return names;
}

std::string hostName(const std::string& baseUrl) {
  const auto scheme = baseUrl.find("://");
  const auto from = scheme == std::string::npos ? 0 : scheme + 3;
  return baseUrl.substr(from, baseUrl.find_first_of(":/", from) - from);
}

CalendarEntry eventEntry(Host& host, const Event& event, Locale locale) {
  CalendarEntry entry = common(host, event, locale);
  entry.uid = "event-" + event.id.text() + "@" + hostName(host.baseUrl());
  addParagraph(entry.description, entry.url);
  return entry;
}

CalendarEntry placeEntry(Host& host, const Event& event, const std::vector<Session>& sessions,
                         const Participant& participant, Locale locale) {
  CalendarEntry entry = common(host, event, locale);
  entry.uid = "participant-" + participant.id.text() + "@" + hostName(host.baseUrl());
  addParagraph(entry.description, workshopsOf(sessions, participant, locale));
  if (participant.state == PlaceState::confirmed) addParagraph(entry.description, event.onlineLink);
  addParagraph(entry.description, entry.url);
  if (entry.status == Status::confirmed && participant.state != PlaceState::confirmed)
    entry.status = isLive(participant.state) ? Status::tentative : Status::cancelled;
  return entry;
}

}  // namespace toimela::events::view
