// Events of a year, for the yearly report: what everybody may know of them.
#pragma once

#include <optional>
#include <vector>

#include "domain/event.h"
#include "toimela/data.h"

namespace toimela::events::store {

struct OpenEvent {
  EventId id;
  LocalText title;
  Instant startsAt{};
};
/// Events for everybody that began in between and are over, the first one first: of a region, or of the nation
/// and the regions where the plugin is on.
std::vector<OpenEvent> openEvents(ReadTx& tx, std::optional<RegionCode> region, Instant from, Instant to, Instant now,
                                  int limit);

}  // namespace toimela::events::store
