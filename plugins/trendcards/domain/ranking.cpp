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
double tieTerm(const Ordering& ordering) {
  std::map<double, double> together;
  for (const auto& placed : ordering.placed) together[placed.place] += 1;
  double sum = 0;
  for (const auto& [place, t] : together) sum += t * t * t - t;
  return sum;
}

std::vector<Item> sortedItems(const Ordering& ordering) {
  std::vector<Item> items;
  for (const auto& placed : ordering.placed) items.push_back(placed.item);
  std::ranges::sort(items);
  return items;
}

bool areComplete(std::span<const Ordering> orderings) {
  if (orderings.empty()) return false;
  const auto first = sortedItems(orderings.front());
  if (std::ranges::adjacent_find(first) != first.end()) return false;
  return std::ranges::all_of(orderings, [&](const Ordering& each) { return sortedItems(each) == first; });
}

std::vector<Ordering> thatSaySomething(std::span<const Ordering> orderings) {
  std::vector<Ordering> kept;
  for (const Ordering& ordering : orderings)
    if (ordering.placed.size() >= 2) kept.push_back(ordering);
  return kept;
}

/// Orderings with their items numbered from 0: what is counted 499 times must not be looked up.
struct Numbered {
  struct Placed {
    std::size_t item = 0;
    double rank = 0;  ///< mid-ranks: in the same order as the places, and what W is reckoned from
  };
  std::size_t items = 0;
  std::vector<std::vector<Placed>> orderings;
};

Numbered numbered(std::span<const Ordering> orderings) {
  std::vector<Item> items;
  for (const Ordering& ordering : orderings)
    for (const auto& placed : ordering.placed) items.push_back(placed.item);
  std::ranges::sort(items);
  items.erase(std::ranges::unique(items).begin(), items.end());
  Numbered all{.items = items.size(), .orderings = {}};
  for (const Ordering& ordering : orderings) {
    const auto ranks = midRanks(ordering);
    auto& placed = all.orderings.emplace_back();
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      const auto at = std::ranges::lower_bound(items, ordering.placed[i].item);
      placed.push_back({static_cast<std::size_t>(at - items.begin()), ranks[i]});
    }
  }
  return all;
}

/// For each item and each other, how many people have the one in front of the other: a row for each.
std::vector<std::int64_t> preferencesOf(const Numbered& all) {
  std::vector<std::int64_t> inFront(all.items * all.items, 0);
  for (const auto& placed : all.orderings)
    for (std::size_t i = 0; i < placed.size(); ++i)
      for (std::size_t j = i + 1; j < placed.size(); ++j) {
        if (placed[i].rank == placed[j].rank || placed[i].item == placed[j].item) continue;
        const auto [first, second] = placed[i].rank < placed[j].rank ? std::pair(placed[i].item, placed[j].item)
                                                                     : std::pair(placed[j].item, placed[i].item);
        ++inFront[first * all.items + second];
      }
  return inFront;
}

PairAgreement agreementOf(const Numbered& all) {
  const auto inFront = preferencesOf(all);
  PairAgreement pairs;
  for (std::size_t one = 0; one < all.items; ++one)
    for (std::size_t other = one + 1; other < all.items; ++other) {
      const std::int64_t ones = inFront[one * all.items + other], others = inFront[other * all.items + one];
      pairs.same += ones * (ones - 1) / 2 + others * (others - 1) / 2;
      pairs.opposite += ones * others;
    }
  return pairs;
}

/// How far the sums of ranks of the items are from what they would be if nobody preferred anything.
double deviationOf(const Numbered& all) {
  std::vector<double> sums(all.items, 0);
  double total = 0;
  for (const auto& placed : all.orderings)
    for (const auto& one : placed) {
      sums[one.item] += one.rank;
      total += one.rank;
    }
  const double mean = total / static_cast<double>(all.items);
  double squares = 0;
  for (const double sum : sums) squares += (sum - mean) * (sum - mean);
  return squares;
}

/// Whether orders drawn by lot measure as much as these, more than rarely.
template <class Measure>
bool isLikeChance(Numbered shuffled, Measure measure) {
  const double found = measure(shuffled);
  std::mt19937_64 random(1939);  // the same answer for the same orderings, whoever asks
  int asGood = 1;
  for (int round = 0; round < kShuffles; ++round) {
    for (auto& placed : shuffled.orderings)
      for (std::size_t i = placed.size() - 1; i > 0; --i) std::swap(placed[i].rank, placed[random() % (i + 1)].rank);
    if (measure(shuffled) >= found * (1 - 1e-12)) ++asGood;
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

std::vector<double> midRanks(const Ordering& ordering) {
  std::vector<double> ranks;
  for (const auto& one : ordering.placed) {
    double before = 0, beside = 0;
    for (const auto& other : ordering.placed) {
      if (other.place < one.place) before += 1;
      if (other.place == one.place) beside += 1;
    }
    ranks.push_back(before + (beside + 1) / 2);
  }
  return ranks;
}

std::vector<double> sharesBehind(const Ordering& ordering) {
  const double count = static_cast<double>(ordering.placed.size());
  if (count < 2) return {};
  std::vector<double> shares = midRanks(ordering);
  for (double& share : shares) share = (count - share) / (count - 1);
  return shares;
}

std::vector<RankedItem> order(std::span<const Ordering> orderings) {
  std::map<Item, RankedItem> byItem;
  for (const Ordering& ordering : orderings) {
    const auto shares = sharesBehind(ordering);
    if (shares.empty()) continue;
    double best = ordering.placed.front().place;
    for (const auto& placed : ordering.placed) best = std::min(best, placed.place);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      RankedItem& item = byItem[ordering.placed[i].item];
      item.people += 1;
      item.weight += shares[i];
      if (ordering.placed[i].place == best) item.first += 1;
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

std::optional<double> concordance(std::span<const Ordering> orderings) {
  const double m = static_cast<double>(orderings.size());
  if (m < kFewestPeople || !areComplete(orderings)) return std::nullopt;
  const double n = static_cast<double>(orderings.front().placed.size());
  if (n < kFewestItems) return std::nullopt;
  std::map<Item, double> sums;
  double ties = 0;
  for (const Ordering& ordering : orderings) {
    const auto ranks = midRanks(ordering);
    for (std::size_t i = 0; i < ranks.size(); ++i) sums[ordering.placed[i].item] += ranks[i];
    ties += tieTerm(ordering);
  }
  double squares = 0;
  for (const auto& [item, sum] : sums) squares += (sum - m * (n + 1) / 2) * (sum - m * (n + 1) / 2);
  const double most = m * m * (n * n * n - n) - m * ties;
  if (most <= 0) return std::nullopt;
  return 12 * squares / most;
}

std::optional<double> tau(const Ordering& a, const Ordering& b) {
  const std::array both{a, b};
  const auto share = pairAgreement(both).shareSame();
  if (!share) return std::nullopt;
  return 2 * *share - 1;
}

std::optional<double> PairAgreement::shareSame() const {
  if (compared() == 0) return std::nullopt;
  return static_cast<double>(same) / static_cast<double>(compared());
}

PairAgreement pairAgreement(std::span<const Ordering> orderings) { return agreementOf(numbered(orderings)); }

Agreement agreement(std::span<const Ordering> all) {
  const auto orderings = thatSaySomething(all);
  const Numbered known = numbered(orderings);
  const PairAgreement pairs = agreementOf(known);
  Agreement result;
  result.people = static_cast<std::int64_t>(orderings.size());
  result.comparisons = pairs.compared();
  if (result.people < kFewestPeople || result.comparisons < kFewestComparisons) return result;
  result.same = pairs.shareSame();
  result.w = concordance(orderings);
  const auto sameOf = [](const Numbered& each) { return agreementOf(each).shareSame().value_or(0); };
  // W of the same people over the same items rises with the deviation alone.
  if (result.w ? isLikeChance(known, deviationOf) : isLikeChance(known, sameOf))
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
