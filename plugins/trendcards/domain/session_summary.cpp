#include "domain/session_summary.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace toimela::trendcards {

namespace {

double median(std::vector<int> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

double spreadAround(double centre, const std::vector<int>& values) {
  double sum = 0;
  for (const int value : values) sum += std::abs(value - centre);
  return sum / static_cast<double>(values.size());
}

}  // namespace

std::vector<RankedCard> standings(const std::vector<Ranking>& rankings) {
  std::map<int, RankedCard> byCard;
  for (const Ranking& ranking : rankings) {
    const auto others = static_cast<double>(std::ssize(ranking.cards) - 1);
    for (int place = 1; const int card : ranking.cards) {
      RankedCard& ranked = byCard[card];
      ranked.card = card;
      ++ranked.hands;
      ranked.place += place;
      ranked.weight += others > 0 ? (others + 1 - place) / others : 1;
      ++place;
    }
  }
  std::vector<RankedCard> found;
  for (auto& [card, ranked] : byCard) {
    ranked.place /= ranked.hands;
    ranked.weight /= ranked.hands;
    found.push_back(ranked);
  }
  std::ranges::stable_sort(found, [](const RankedCard& a, const RankedCard& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.hands > b.hands;
  });
  return found;
}

std::vector<CardOnPlane> placed(const std::vector<Placement>& placements) {
  struct Given {
    std::vector<int> likelihoods, impacts;
  };
  std::map<int, Given> byCard;
  for (const Placement& placement : placements) {
    byCard[placement.card].likelihoods.push_back(placement.likelihood);
    byCard[placement.card].impacts.push_back(placement.impact);
  }
  std::vector<CardOnPlane> found;
  for (const auto& [card, given] : byCard) {
    CardOnPlane place{.card = card, .people = static_cast<int>(std::ssize(given.impacts))};
    place.likelihood = median(given.likelihoods);
    place.impact = median(given.impacts);
    place.likelihoodSpread = spreadAround(place.likelihood, given.likelihoods);
    place.impactSpread = spreadAround(place.impact, given.impacts);
    found.push_back(place);
  }
  std::ranges::stable_sort(found, std::greater<>{},
                           [](const CardOnPlane& card) { return card.likelihood * card.impact; });
  return found;
}

}  // namespace toimela::trendcards
