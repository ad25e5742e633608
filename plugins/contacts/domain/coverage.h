// How well the regions are covered by contact persons: where somebody is missing, whose term ends
// soon, who has gone silent.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/member.h"
#include "toimela/types.h"

namespace toimela::contacts {

/// How many organisations have a contact person in a region, against how many should.
struct Coverage {
  int organisations = 0;
  int target = 0;  ///< 0: the region has set none

  bool hasTarget() const { return target > 0; }
  bool isMet() const { return organisations >= target; }
  int missing() const { return std::max(0, target - organisations); }
};

/// How many organisations should have a contact person in a region.
struct Target {
  int least = 0;            ///< 0: no target
  std::optional<int> most;  ///< none: as many as like
  bool isExcepted = false;  ///< the region does without, such as Åland

  bool operator==(const Target&) const = default;
};

/// What a network that follows its coverage has set. Without a number of its own the setting of
/// each region counts.
struct CoverageRule {
  std::optional<int> least, most;
  std::vector<RegionCode> excepted;
  std::int64_t revision = 1;
};
Target targetOf(const CoverageRule& rule, RegionCode region, int regionSetting);

enum class CoverageState { excepted, untargeted, isShort, met, over };
inline constexpr std::array kCoverageStates{CoverageState::excepted, CoverageState::untargeted,
                                            CoverageState::isShort, CoverageState::met,
                                            CoverageState::over};
std::string_view code(CoverageState state);  ///< "short"

/// A contact person's place, with the last day on which they showed themselves.
struct Term {
  Member member;
  std::optional<Date> lastSign;  ///< signed in, posted or was confirmed
};

/// A term that ends this many days from now or sooner ends soon.
inline constexpr int kEndsSoonDays = 60;
/// Who has not shown themselves for this many days has gone silent.
inline constexpr int kSilentDays = 180;

/// Ends soon, and nobody of the same organisation follows in the region without a gap.
bool endsSoon(const Term& term, const std::vector<Term>& all, Date today);
/// The day on which somebody began counts as a sign.
bool isSilent(const Term& term, Date today);

struct RegionCoverage {
  RegionCode region;
  Target target;
  CoverageState state = CoverageState::untargeted;
  int organisations = 0;
  std::vector<Term> ending, silent;  ///< of today's contact persons

  int missing() const {
    return state == CoverageState::isShort ? target.least - organisations : 0;
  }
};
/// `terms`: every contact person's of today or later. Other regions' are left out.
RegionCoverage coverageOf(RegionCode region, const Target& target, const std::vector<Term>& terms,
                          Date today);

/// How many regions are in each state, and how much is to do.
struct CoverageSummary {
  int isShort = 0, met = 0, over = 0, excepted = 0;
  int missing = 0, ending = 0, silent = 0;

  bool nothingToDo() const { return isShort == 0 && ending == 0 && silent == 0; }
};
CoverageSummary summarise(const std::vector<RegionCoverage>& regions);

}  // namespace toimela::contacts
