// Figures over events that were held: the report that a project gives to who pays for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "toimela/directory.h"
#include "toimela/types.h"

namespace toimela::events {

/// What was answered about an event.
struct FeedbackSums {
  std::int64_t answers = 0;         ///< each has a rating from 1 to 4
  std::int64_t ratings = 0;         ///< the sum of them
  std::int64_t partnerAnswers = 0;  ///< who said whether they found new partners
  std::int64_t partners = 0;        ///< of them, those who did

  std::optional<double> mean() const;         ///< 1–4; nothing without answers
  std::optional<double> partnerShare() const; ///< 0–1; nothing without answers
  FeedbackSums& operator+=(const FeedbackSums& other);
};

/// People by the sector of their organisation; those without one count in no sector.
struct SectorCounts {
  std::map<Sector, std::int64_t> bySector;
  std::int64_t unknown = 0;

  std::int64_t all() const;
  /// Associations and foundations.
  std::int64_t thirdSector() const;
  /// 0–1, of those whose sector is known; nothing when it is of nobody.
  std::optional<double> thirdSectorShare() const;
  SectorCounts& operator+=(const SectorCounts& other);
};

struct HeldEvent {
  EventId id;
  LocalText title;
  std::optional<RegionCode> region;
  Instant startsAt{};
  std::string project;
  SectorCounts people;   ///< who attended
  FeedbackSums feedback;
  std::vector<RegionCode> coRegions = {};  ///< that organised it together with its own
};

struct Report {
  std::vector<HeldEvent> events;
  SectorCounts people;
  FeedbackSums feedback;
};
Report reportOn(std::vector<HeldEvent> events);

}  // namespace toimela::events
