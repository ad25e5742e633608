// Events for search engines: schema.org Event as JSON-LD.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/places.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::events::view {

/// What a page knows about an event beside the event itself; texts in its language, empty where there
/// is nothing.
struct EventAbout {
  std::optional<Organisation> organiser;
  std::vector<Organisation> coOrganisations;
  std::vector<std::string> coRegions = {};  ///< names
  std::string municipality = {};
  std::string picture = {};                 ///< full address
  std::string series = {}, seriesPath = {}; ///< name, and path without language
};
/// What describePage() (toimela/discovery.h) puts into the page of an event that everybody may see.
std::string structuredEvent(Host& host, const Event& event, const Places& places, const EventAbout& about,
                            Locale locale);
/// A moment with the offset of Finland then: "2026-06-12T09:00:00+03:00".
std::string offsetText(Instant instant);

}  // namespace toimela::events::view
