// What a room sees while answers come in: enough to talk about. The measures of agreement and the
// whole result are worked out of the same answers elsewhere.
#pragma once

#include <vector>

#include "domain/session.h"

namespace toimela::trendcards {

/// A card among those who drew it.
struct RankedCard {
  int card = 0;
  int hands = 0;        ///< orders it stands in
  double place = 0;     ///< mean place in them, 1 the most important
  double weight = 0;    ///< 0 … 1: the share of the other cards of the hand that it was put before
};
/// The most important first; of equal ones the one that more people ordered.
std::vector<RankedCard> standings(const std::vector<Ranking>& rankings);

/// A card on the plane.
struct CardOnPlane {
  int card = 0;
  int people = 0;
  double likelihood = 0, impact = 0;              ///< medians, 1 … 5
  double likelihoodSpread = 0, impactSpread = 0;  ///< mean distance from the median
};
/// The likeliest with the largest impact first.
std::vector<CardOnPlane> placed(const std::vector<Placement>& placements);

}  // namespace toimela::trendcards
