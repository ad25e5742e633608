// Events as visitors see them: lists and the page of one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/picture.h"
#include "domain/places.h"
#include "domain/series.h"
#include "store/events.h"
#include "toimela/groups.h"
#include "view/materials.h"
#include "view/words.h"

namespace toimela::events::view {

/// One page of a list of events and what it is narrowed to.
struct EventListPage {
  std::vector<store::EventSummary> events;
  std::int64_t total = 0, page = 1, pages = 1;
  std::optional<RegionCode> region;
  std::optional<EventKind> kind;
  std::string month;             ///< "2026-12", or empty
  std::vector<std::string> months;
  bool isRegional = false;       ///< of the region in the path, which is not a filter then
  bool canOrganise = false;
};
View eventList(const EventListPage& page, const std::vector<Region>& regions, const Words& words);
std::string regionTitle(RegionCode region, const Words& words);

/// One event as a row of a list or of a tile.
View eventRow(const store::EventSummary& event, const Words& words);

struct EventPage {
  Event event;
  std::vector<Session> sessions;
  Places places;
  LocalText municipality;
  std::optional<Organisation> organiser;
  std::optional<Picture> picture;
  CoOrganisers others;
  std::vector<Organisation> coOrganisations;
  std::vector<ShownMaterial> materials;   ///< that the reader may have
  bool hidesMaterials = false;            ///< there are others, for those who take part
  std::optional<Series> series;
  std::vector<Event> seriesEvents;        ///< of the series, that the reader may see
  std::optional<Group> group;             ///< whose members the event is for
  Instant now{};
  bool isSignedIn = false;
  bool organises = false;
};
View eventPage(const EventPage& page, const Words& words);

/// "12 places left", "full"; empty where there is no limit.
std::string leftText(const Pool* pool, const Words& words);
/// Why one can not register, as a sentence; empty while one can.
std::string closedText(const Event& event, Registering registering, const Words& words);
/// Facts about an event that pages around a registration show.
void setEventFacts(View& view, const Event& event, const Words& words);

}  // namespace toimela::events::view
