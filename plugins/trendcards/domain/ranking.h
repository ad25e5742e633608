// What many people think together: how things are ordered by them, how far they agree, where opinions
// lie on a scale. Pure arithmetic; each measure says when there is too little to say anything.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "toimela/codes.h"

namespace toimela::trendcards {

/// What is put in order: a card.
using Item = std::int64_t;

/// One person's order. Smaller places matter more; equal places are a tie. Only their order counts, so
/// 1, 2, 2, 7 is as good as 1, 2.5, 2.5, 4.
struct Ordering {
  struct Placed {
    Item item = 0;
    double place = 0;
  };
  std::vector<Placed> placed;
};

/// The places of an ordering as ranks from 1, the same for those that stand together: the mean of the
/// ranks that they would fill (mid-ranks).
std::vector<double> midRanks(const Ordering& ordering);

/// How people together order the items that at least one of them ranked.
struct RankedItem {
  Item item = 0;
  std::int64_t people = 0;  ///< who ranked it among at least two
  std::int64_t first = 0;   ///< of them, who put it first, alone or with others
  /// 0–100: the mean over these people of the share of their other cards that stood behind this one
  /// (half of a card that stood beside it). 100: everybody's first; 50: no more than other cards.
  double weight = 0;
};
/// By falling weight, then by falling number of people, then by item. People who ranked a single item said
/// nothing about its place and do not count.
std::vector<RankedItem> order(std::span<const Ordering> orderings);

/// The share of an ordering's other items behind each of its items, 0–1, in the order in which they stand in
/// the ordering; empty for fewer than two items.
std::vector<double> sharesBehind(const Ordering& ordering);

/// Kendall's coefficient of concordance W, 0–1, corrected for ties: of people who all ranked the same
/// items. Nothing when they did not, when there are fewer than three people or three items, or when
/// everybody's items all stand together. M. G. Kendall, B. Babington Smith: The problem of m rankings,
/// Annals of Mathematical Statistics 10 (1939); ties: S. Siegel, N. J. Castellan: Nonparametric
/// Statistics for the Behavioral Sciences (1988), 9.5.
std::optional<double> concordance(std::span<const Ordering> orderings);

/// Kendall's tau of two orderings over the items that both have, -1 to 1; nothing when no two shared items
/// are ordered by both. Pairs that one of them ties are not compared (Goodman and Kruskal's gamma; without
/// ties it is tau).
std::optional<double> tau(const Ordering& a, const Ordering& b);

/// Comparisons of two people over two items that both of them ordered.
struct PairAgreement {
  std::int64_t same = 0;      ///< both have the same one in front
  std::int64_t opposite = 0;
  std::int64_t compared() const { return same + opposite; }
  /// 0–1; nothing without comparisons.
  std::optional<double> shareSame() const;
};
/// Over everybody and every two items: what Kendall's coefficient of agreement u is made of (M. G. Kendall,
/// B. Babington Smith: On the method of paired comparisons, Biometrika 31 (1940)); u is
/// 2 * shareSame - 1, and the mean tau where everybody ranked the same items without ties. It needs no
/// complete orderings: people who drew different cards are compared where they drew the same ones.
PairAgreement pairAgreement(std::span<const Ordering> orderings);

/// Agreement in words.
enum class Strength {
  tooLittle,  ///< too few people, or too few cards in common, to say anything
  chance,     ///< orders drawn by lot would agree as much, more often than one time in twenty
  weak,
  moderate,
  strong,
};
inline constexpr auto kStrengths = codes<Strength>({{Strength::tooLittle, "too_little"},
                                                    {Strength::chance, "chance"},
                                                    {Strength::weak, "weak"},
                                                    {Strength::moderate, "moderate"},
                                                    {Strength::strong, "strong"}});

/// What is said about how far people agree on an order.
struct Agreement {
  Strength strength = Strength::tooLittle;
  std::int64_t people = 0;        ///< who ranked at least two items
  std::int64_t comparisons = 0;   ///< of two people over two items
  std::optional<double> w;        ///< concordance(), where all ranked the same items
  std::optional<double> same;     ///< 0–1: how often two people have two cards in the same order
};
/// From three people and ten comparisons on. Words go by W where it is known (strong from 0.7, moderate
/// from 0.5: R. C. Schmidt: Managing Delphi surveys using nonparametric statistical techniques, Decision
/// Sciences 28 (1997)), else by `same`: strong from 0.8, moderate from 0.65. Whether chance would do as well
/// is found by shuffling everybody's places 499 times, always the same way.
Agreement agreement(std::span<const Ordering> orderings);

/// Where opinions lie on a scale.
struct Spread {
  std::int64_t count = 0;
  double lowerQuartile = 0, median = 0, upperQuartile = 0;
  double range() const { return upperQuartile - lowerQuartile; }  ///< of the middle half
};
/// Quantiles by linear interpolation (type 7 of R. J. Hyndman, Y. Fan: Sample quantiles in statistical
/// packages, The American Statistician 50 (1996); what spreadsheets call QUARTILE.INC). Nothing for no values.
std::optional<Spread> spread(std::vector<double> values);

/// Places in a contest by falling score, in the order of `scores`: equal ones share a place and the next
/// ones stand after all of them: 1, 2, 2, 4.
std::vector<std::int64_t> sharedPlaces(std::span<const std::int64_t> scores);

}  // namespace toimela::trendcards
