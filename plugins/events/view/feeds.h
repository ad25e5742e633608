// Feeds of events as texts, and the list that other sites embed.
#pragma once

#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/registration.h"
#include "store/events.h"
#include "toimela/discovery.h"
#include "view/words.h"

namespace toimela::events::view {

std::string eventsCalendar(const Request& request, Host& host, const std::vector<Event>& events);

struct DatedEvent {
  Event event;
  Instant createdAt;
};
std::string eventsAtom(const Request& request, Host& host, const std::vector<DatedEvent>& events);

struct OwnEntry {
  RegistrationId registration;
  Event event;
  std::vector<Session> sessions;
  Participant participant;
};
std::string ownCalendar(const Request& request, Host& host, const std::vector<OwnEntry>& places);

View embeddedList(Host& host, const std::vector<store::EventSummary>& events, const Words& words);

/// The feeds of a list of events, for offerFeeds(): of the region, or of the nation without one.
std::vector<FeedLink> feedsOf(const Host& host, std::optional<RegionCode> region, const Words& words);

}  // namespace toimela::events::view
