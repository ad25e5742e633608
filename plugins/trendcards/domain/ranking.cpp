#include "domain/ranking.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <random>
#include <utility>

namespace toimela::trendcards {

namespace {

constexpr std::int64_t kFewestPeople = 3, kFewestItems = 3, kFewestComparisons = 10;
constexpr int kShuffles = 499;
constexpr double kByChance = 0.05;

/// Σ(t³ − t) over the groups of items that stand together.
double tieTerm(const Ranking& ranking) {
  std::map<double, double> together;
  for (const auto& placed : ranking.placed) together[placed.place] += 1;
  double sum = 0;
  for (const auto& [place, t] : together) sum += t * t * t - t;
  return sum;
}

std::vector<Item> sortedItems(const Ranking& ranking) {
  std::vector<Item> items;
  for (const auto& placed : ranking.placed) items.push_back(placed.item);
  std::ranges::sort(items);
  return items;
}

bool areComplete(std::span<const Ranking> rankings) {
  if (rankings.empty()) return false;
  const auto first = sortedItems(rankings.front());
  if (std::ranges::adjacent_find(first) != first.end()) return false;
  return std::ranges::all_of(rankings, [&](const Ranking& each) { return sortedItems(each) == first; });
}

std::vector<Ranking> thatSaySomething(std::span<const Ranking> rankings) {
  std::vector<Ranking> kept;
  for (const Ranking& ranking : rankings)
    if (ranking.placed.size() >= 2) kept.push_back(ranking);
  return kept;
}

/// For each two items, how many people have the one or the other in front.
using Preferences = std::map<std::pair<Item, Item>, std::pair<std::int64_t, std::int64_t>>;

Preferences preferencesOf(std::span<const Ranking> rankings) {
  Preferences preferences;
  for (const Ranking& ranking : rankings) {
    const auto& placed = ranking.placed;
    for (std::size_t i = 0; i < placed.size(); ++i)
      for (std::size_t j = i + 1; j < placed.size(); ++j) {
        if (placed[i].place == placed[j].place || placed[i].item == placed[j].item) continue;
        const bool inOrder = placed[i].item < placed[j].item;
        const auto key = inOrder ? std::pair(placed[i].item, placed[j].item) : std::pair(placed[j].item, placed[i].item);
        auto& counts = preferences[key];
        ((placed[i].place < placed[j].place) == inOrder ? counts.first : counts.second) += 1;
      }
  }
  return preferences;
}

/// Whether orders drawn by lot are as much alike as these, more than rarely.
template <class Measure>
bool isLikeChance(const std::vector<Ranking>& rankings, double found, Measure measure) {
  std::mt19937_64 random(1939);  // the same answer for the same rankings, whoever asks
  std::vector<Ranking> shuffled = rankings;
  int asGood = 1;
  for (int round = 0; round < kShuffles; ++round) {
    for (Ranking& ranking : shuffled)
      for (std::size_t i = ranking.placed.size() - 1; i > 0; --i)
        std::swap(ranking.placed[i].place, ranking.placed[random() % (i + 1)].place);
    if (measure(shuffled) >= found - 1e-12) ++asGood;
  }
  return asGood > kByChance * (kShuffles + 1);
}

Strength inWords(double value, double moderate, double strong) {
  return value >= strong ? Strength::strong : value >= moderate ? Strength::moderate : Strength::weak;
}

double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(at));
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - std::floor(at)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::vector<double> midRanks(const Ranking& ranking) {
  std::vector<double> ranks;
  for (const auto& one : ranking.placed) {
    double before = 0, beside = 0;
    for (const auto& other : ranking.placed) {
      if (other.place < one.place) before += 1;
      if (other.place == one.place) beside += 1;
    }
    ranks.push_back(before + (beside + 1) / 2);
  }
  return ranks;
}

std::vector<double> sharesBehind(const Ranking& ranking) {
  const double count = static_cast<double>(ranking.placed.size());
  if (count < 2) return {};
  std::vector<double> shares = midRanks(ranking);
  for (double& share : shares) share = (count - share) / (count - 1);
  return shares;
}

std::vector<RankedItem> order(std::span<const Ranking> rankings) {
  std::map<Item, RankedItem> byItem;
  for (const Ranking& ranking : rankings) {
    const auto shares = sharesBehind(ranking);
    if (shares.empty()) continue;
    double best = ranking.placed.front().place;
    for (const auto& placed : ranking.placed) best = std::min(best, placed.place);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      RankedItem& item = byItem[ranking.placed[i].item];
      item.people += 1;
      item.weight += shares[i];
      if (ranking.placed[i].place == best) item.first += 1;
    }
  }
  std::vector<RankedItem> items;
  for (auto& [id, item] : byItem) {
    item.item = id;
    item.weight = 100 * item.weight / static_cast<double>(item.people);
    items.push_back(item);
  }
  std::ranges::stable_sort(items, [](const RankedItem& a, const RankedItem& b) {
    return std::pair(a.weight, a.people) > std::pair(b.weight, b.people);
  });
  return items;
}

std::optional<double> concordance(std::span<const Ranking> rankings) {
  const double m = static_cast<double>(rankings.size());
  if (m < kFewestPeople || !areComplete(rankings)) return std::nullopt;
  const double n = static_cast<double>(rankings.front().placed.size());
  if (n < kFewestItems) return std::nullopt;
  std::map<Item, double> sums;
  double ties = 0;
  for (const Ranking& ranking : rankings) {
    const auto ranks = midRanks(ranking);
    for (std::size_t i = 0; i < ranks.size(); ++i) sums[ranking.placed[i].item] += ranks[i];
    ties += tieTerm(ranking);
  }
  double squares = 0;
  for (const auto& [item, sum] : sums) squares += (sum - m * (n + 1) / 2) * (sum - m * (n + 1) / 2);
  const double most = m * m * (n * n * n - n) - m * ties;
  if (most <= 0) return std::nullopt;
  return 12 * squares / most;
}

std::optional<double> tau(const Ranking& a, const Ranking& b) {
  const std::array both{a, b};
  const auto share = pairAgreement(both).shareSame();
  if (!share) return std::nullopt;
  return 2 * *share - 1;
}

std::optional<double> PairAgreement::shareSame() const {
  if (compared() == 0) return std::nullopt;
  return static_cast<double>(same) / static_cast<double>(compared());
}

PairAgreement pairAgreement(std::span<const Ranking> rankings) {
  PairAgreement all;
  for (const auto& [pair, counts] : preferencesOf(rankings)) {
    const auto [one, other] = counts;
    all.same += one * (one - 1) / 2 + other * (other - 1) / 2;
    all.opposite += one * other;
  }
  return all;
}

Agreement agreement(std::span<const Ranking> all) {
  const auto rankings = thatSaySomething(all);
  const PairAgreement pairs = pairAgreement(rankings);
  Agreement result;
  result.people = static_cast<std::int64_t>(rankings.size());
  result.comparisons = pairs.compared();
  if (result.people < kFewestPeople || result.comparisons < kFewestComparisons) return result;
  result.same = pairs.shareSame();
  result.w = concordance(rankings);
  const auto sameOf = [](const std::vector<Ranking>& each) { return pairAgreement(each).shareSame().value_or(0); };
  const auto wOf = [](const std::vector<Ranking>& each) { return concordance(each).value_or(0); };
  if (result.w ? isLikeChance(rankings, *result.w, wOf) : isLikeChance(rankings, *result.same, sameOf))
    result.strength = Strength::chance;
  else
    result.strength = result.w ? inWords(*result.w, 0.5, 0.7) : inWords(*result.same, 0.65, 0.8);
  return result;
}

std::optional<Spread> spread(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  std::ranges::sort(values);
  return Spread{.count = static_cast<std::int64_t>(values.size()),
                .lowerQuartile = quantile(values, 0.25),
                .median = quantile(values, 0.5),
                .upperQuartile = quantile(values, 0.75)};
}

std::vector<std::int64_t> sharedPlaces(std::span<const std::int64_t> scores) {
  std::vector<std::int64_t> places;
  for (const std::int64_t score : scores)
    places.push_back(1 + std::ranges::count_if(scores, [&](std::int64_t other) { return other > score; }));
  return places;
}

}  // namespace toimela::trendcards
