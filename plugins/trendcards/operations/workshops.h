// Card sessions that belong to events of another plugin.
#pragma once

#include <optional>
#include <vector>

#include "domain/session.h"
#include "toimela/event_materials.h"
#include "toimela/host.h"
#include "toimela/workshops.h"

namespace toimela::trendcards::operations {

/// Events that a session of one of the regions may belong to, for the actor: the regions' and the nation's. Each
/// once; nothing where no plugin keeps events.
std::vector<EventSummary> eventsFor(ReadTx& tx, Host& host, const Actor& actor, const std::vector<RegionCode>& regions);
/// Is it among those that a session of the region may belong to?
bool mayBelong(ReadTx& tx, Host& host, const Actor& actor, RegionCode region, std::int64_t event);
/// The event of a session, while there is one.
std::optional<EventSummary> eventOf(ReadTx& tx, Host& host, const Session& session);
/// Regions where the actor may lead sessions.
std::vector<RegionCode> regionsOf(Host& host, const Actor& actor);

class CardWorkshops : public Workshops {
 public:
  std::string newPath(ReadTx& tx, Host& host, const Actor& actor, std::int64_t event) override;
  std::vector<WorkshopSummary> of(ReadTx& tx, Host& host, const Actor& actor, std::int64_t event) override;
};

}  // namespace toimela::trendcards::operations
