#include "view/feeds.h"

#include "view/atom.h"
#include "view/entries.h"

namespace toimela::events::view {

namespace {

std::string titleOf(std::optional<RegionCode> region, const Words& words) {
  return words.format("events.feed.title", {{"region", words.place(region)}});
}

std::string listPath(const Host& host, std::optional<RegionCode> code) {
  const Region* region = code ? host.region(*code) : nullptr;
  return region ? "/regions/" + region->slug + "/events" : std::string("/events");
}

}  // namespace

std::string eventsCalendar(const Request& request, Host& host, const std::vector<Event>& events) {
  std::vector<CalendarEntry> entries;
  for (const Event& event : events) entries.push_back(eventEntry(host, event, request.locale));
  return feed(titleOf(request.region, Words(request, host)), entries);
}

std::string eventsAtom(const Request& request, Host& host, const std::vector<DatedEvent>& events) {
  const Words words(request, host);
  const std::string page = host.absolute(request.locale, listPath(host, request.region));
  AtomFeed feed{.self = page + "/atom.xml",
                .page = page,
                .title = titleOf(request.region, words),
                .locale = request.locale};
  for (const auto& [event, createdAt] : events) {
    std::string summary = words.time(event.startsAt, event.endsAt);
    for (const std::string& more : {placeText(event, words), event.summary.pick(request.locale).text})
      if (!more.empty()) summary.append(" · ").append(more);
    feed.entries.push_back({host.absolute(request.locale, pathOf(event.id)),
                            event.title.pick(request.locale).text, std::move(summary), createdAt});
  }
  return atom(feed);
}

std::string ownCalendar(const Request& request, Host& host, const std::vector<OwnEntry>& places) {
  std::vector<CalendarEntry> entries;
  for (const OwnEntry& place : places)
    entries.push_back(placeEntry(host, place.event, place.sessions, place.participant, request.locale));
  return feed(Words(request, host).text("events.own_feed.name"), entries);
}

View embeddedList(Host& host, const std::vector<store::EventSummary>& events, const Words& words) {
  std::vector<View> rows;
  for (const auto& event : events) {
    View row;
    row.text("title", event.title, words.locale())
        .set("href", host.absolute(words.locale(), pathOf(event.id)))
        .set("time", words.time(event.startsAt, event.endsAt))
        .set("place", event.attendance == Attendance::online ? words.word("attendance", event.attendance)
                                                             : event.place.pick(words.locale()).text)
        .flag("is_cancelled", event.status == EventStatus::cancelled);
    rows.push_back(std::move(row));
  }
  View view;
  view.flag("has_events", !rows.empty()).list("events", std::move(rows));
  view.set("service", host.absolute(words.locale(), "/events"));
  return view;
}

std::vector<FeedLink> feedsOf(const Host& host, std::optional<RegionCode> region, const Words& words) {
  const std::string path = listPath(host, region);
  return {{"application/atom+xml", path + "/atom.xml", titleOf(region, words)},
          {"text/calendar", path + "/calendar.ics", titleOf(region, words)}};
}

}  // namespace toimela::events::view
