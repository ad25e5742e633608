// Figures of events in the database. They count people, never name them, so they stand also when what
// was about people is put aside or erased: then they are those that store/retention.h has left.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/report.h"
#include "toimela/data.h"

namespace toimela::events::store {

struct ReportFilter {
  std::optional<RegionCode> region;
  std::string project;               ///< empty: all
  std::optional<Instant> from, to;   ///< that begin in between
  bool isTogether = false;           ///< of a region: those too that it co-organised with another one
};
/// Published events that are over, the first one first, with who attended and what they answered.
/// Attended: noted at the door, or with a place where nobody was noted. The sector is that of the
/// organisation, else the one that was typed.
std::vector<HeldEvent> heldEvents(ReadTx& tx, const ReportFilter& filter, Instant now);
/// Projects of events that are over.
std::vector<std::string> projects(ReadTx& tx);

/// People of one event who have a place, by sector, by the region and by the name of their
/// organisation.
SectorCounts sectorsOf(ReadTx& tx, EventId event);
struct Share {
  std::string label;  ///< code of a region, or the name of an organisation; empty when unknown
  std::int64_t people;
};
std::vector<Share> regionsOf(ReadTx& tx, EventId event);
std::vector<Share> organisationsOf(ReadTx& tx, EventId event, int limit);
/// How many asked for their place on each day on which somebody did.
std::map<Date, std::int64_t> registeredOn(ReadTx& tx, EventId event);

}  // namespace toimela::events::store
