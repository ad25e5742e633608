// The measures against worked examples of the literature, and against each other.
#include "domain/ranking.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

using namespace toimela::trendcards;

namespace {

/// Places of the items 1, 2, 3, … in this order.
Ordering places(std::vector<double> ranks) {
  Ordering ordering;
  for (std::size_t i = 0; i < ranks.size(); ++i)
    ordering.placed.push_back({static_cast<Item>(i) + 1, ranks[i]});
  return ordering;
}
/// Items from the most important to the least.
Ordering ordered(std::vector<Item> items) {
  Ordering ordering;
  for (std::size_t i = 0; i < items.size(); ++i)
    ordering.placed.push_back({items[i], static_cast<double>(i) + 1});
  return ordering;
}

std::vector<Ordering> byLot(std::mt19937& random, int people, int items, int drawn) {
  std::vector<Ordering> all;
  for (int p = 0; p < people; ++p) {
    std::vector<Item> deck;
    for (int i = 1; i <= items; ++i) deck.push_back(i);
    std::shuffle(deck.begin(), deck.end(), random);
    deck.resize(static_cast<std::size_t>(drawn));
    all.push_back(ordered(deck));
  }
  return all;
}

double spearman(const Ordering& a, const Ordering& b) {
  const auto x = midRanks(a), y = midRanks(b);
  const double n = static_cast<double>(x.size());
  double squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) squares += (x[i] - y[i]) * (x[i] - y[i]);
  return 1 - 6 * squares / (n * n * n - n);
}

}  // namespace

TEST_CASE("three executives rank six applicants as Siegel has it, and W is 0.16", "[trendcards][ranking]") {
  // S. Siegel: Nonparametric Statistics for the Behavioral Sciences (1956), table 9.7.
  const std::array executives{places({1, 6, 3, 2, 5, 4}), places({1, 5, 6, 4, 2, 3}), places({6, 3, 2, 5, 4, 1})};
  CHECK(*concordance(executives) == Approx(25.5 / 157.5));
  CHECK(*concordance(executives) == Approx(0.16).margin(0.005));
}

TEST_CASE("three orderings of ten things with ties as Kendall has them, and W is 0.828", "[trendcards][ranking]") {
  // M. G. Kendall: Rank Correlation Methods (1948), as worked out by Siegel (1956), p. 234: s is 591, the
  // ties take 1, 1.5 and 7, and W rises from 0.796 to 0.828.
  const std::array orderings{places({1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10}),
                            places({2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5}),
                            places({2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10})};
  CHECK(*concordance(orderings) == Approx(591.0 / (742.5 - 3 * 9.5)));
  CHECK(*concordance(orderings) == Approx(0.828).margin(0.0005));
}

TEST_CASE("two judges rank four essays as Siegel has them, and tau is -0.33", "[trendcards][ranking]") {
  // S. Siegel: Nonparametric Statistics for the Behavioral Sciences (1956), p. 214: essays a to d.
  CHECK(*tau(places({3, 4, 2, 1}), places({3, 1, 4, 2})) == Approx(-2.0 / 6));
}

TEST_CASE("W is the mean of Spearman's coefficients on another scale", "[trendcards][ranking]") {
  // Kendall and Babington Smith (1939): the mean rho is (mW - 1) / (m - 1).
  std::mt19937 random(6);
  for (int round = 0; round < 30; ++round) {
    const int people = 3 + round % 5, items = 3 + round % 7;
    const auto orderings = byLot(random, people, items, items);
    double sum = 0;
    int pairs = 0;
    for (std::size_t i = 0; i < orderings.size(); ++i)
      for (std::size_t j = i + 1; j < orderings.size(); ++j, ++pairs) {
        // The items of each stand in another order: put both into the order of items.
        const auto sorted = [](Ordering ordering) {
          std::ranges::sort(ordering.placed, {}, &Ordering::Placed::item);
          return ordering;
        };
        sum += spearman(sorted(orderings[i]), sorted(orderings[j]));
      }
    CHECK(*concordance(orderings) == Approx((sum / pairs * (people - 1) + 1) / people));
  }
}

TEST_CASE("everybody alike is a W of one, two halves opposite to each other one of zero", "[trendcards][ranking]") {
  const std::array alike{places({1, 2, 3, 4}), places({1, 2, 3, 4}), places({10, 20, 30, 40})};
  CHECK(*concordance(alike) == Approx(1));
  const std::array opposite{places({1, 2, 3}), places({3, 2, 1}), places({1, 2, 3}), places({3, 2, 1})};
  CHECK(*concordance(opposite) == Approx(0).margin(1e-12));
}

TEST_CASE("W is not said of different cards, of two people, of two cards, or where nothing is ordered",
          "[trendcards][ranking]") {
  const std::array different{ordered({1, 2, 3}), ordered({1, 2, 3}), ordered({1, 2, 4})};
  CHECK_FALSE(concordance(different));
  const std::array twoPeople{ordered({1, 2, 3}), ordered({1, 2, 3})};
  CHECK_FALSE(concordance(twoPeople));
  const std::array twoCards{ordered({1, 2}), ordered({1, 2}), ordered({1, 2})};
  CHECK_FALSE(concordance(twoCards));
  const std::array together{places({1, 1, 1}), places({2, 2, 2}), places({3, 3, 3})};
  CHECK_FALSE(concordance(together));
  const std::array twice{ordered({1, 1, 2}), ordered({1, 1, 2}), ordered({1, 1, 2})};
  CHECK_FALSE(concordance(twice));
  CHECK_FALSE(concordance({}));
}

TEST_CASE("things that stand together share the middle of their ranks", "[trendcards][ranking]") {
  CHECK(midRanks(places({1, 2, 2, 7})) == std::vector<double>{1, 2.5, 2.5, 4});
  CHECK(midRanks(places({5, 5, 5})) == std::vector<double>{2, 2, 2});
  CHECK(midRanks({}).empty());
}

TEST_CASE("a card's weight is the share of the others behind it, whatever number was drawn", "[trendcards][ranking]") {
  // 1 is first of three and of five: 100. 2 is the middle of three: 50. 9 is last of five and first of two.
  const std::array orderings{ordered({1, 2, 3}), ordered({1, 5, 6, 7, 9}), ordered({9, 3})};
  const auto items = order(orderings);
  const auto find = [&](Item item) { return *std::ranges::find(items, item, &RankedItem::item); };
  CHECK(items.front().item == 1);
  CHECK(find(1).weight == Approx(100));
  CHECK(find(1).people == 2);
  CHECK(find(1).first == 2);
  CHECK(find(2).weight == Approx(50));
  CHECK(find(5).weight == Approx(75));
  CHECK(find(9).weight == Approx(50));
  CHECK(find(9).first == 1);
  CHECK(find(3).weight == Approx(0));
}

TEST_CASE("one card alone says nothing about its weight", "[trendcards][ranking]") {
  const std::array orderings{ordered({4}), ordered({1, 2})};
  const auto items = order(orderings);
  CHECK(items.size() == 2);
  CHECK(std::ranges::find(items, 4, &RankedItem::item) == items.end());
  CHECK(order({}).empty());
}

TEST_CASE("the weights of everybody's cards are fifty in the mean", "[trendcards][ranking]") {
  std::mt19937 random(7);
  for (int drawn = 2; drawn <= 6; ++drawn) {
    double sum = 0, people = 0;
    for (const RankedItem& item : order(byLot(random, 12, 24, drawn))) {
      sum += item.weight * static_cast<double>(item.people);
      people += static_cast<double>(item.people);
    }
    CHECK(sum / people == Approx(50));
  }
}

TEST_CASE("agreement in pairs is the mean tau of people who ranked the same cards", "[trendcards][ranking]") {
  std::mt19937 random(8);
  const auto orderings = byLot(random, 7, 6, 6);
  double sum = 0;
  for (std::size_t i = 0; i < orderings.size(); ++i)
    for (std::size_t j = i + 1; j < orderings.size(); ++j) sum += *tau(orderings[i], orderings[j]);
  const PairAgreement pairs = pairAgreement(orderings);
  CHECK(pairs.compared() == 21 * 15);
  CHECK(2 * *pairs.shareSame() - 1 == Approx(sum / 21));
}

TEST_CASE("people who drew different cards are compared where they drew the same ones", "[trendcards][ranking]") {
  // Ann and Ben share 1 and 2 in the same order, Ann and Cia share 2 and 3 in the opposite one; Ben and Cia
  // share only 2, and a tie compares nothing.
  const std::array orderings{ordered({1, 2, 3}), ordered({1, 8, 2}), ordered({3, 2, 9})};
  const PairAgreement pairs = pairAgreement(orderings);
  CHECK(pairs.same == 1);
  CHECK(pairs.opposite == 1);
  CHECK(*pairs.shareSame() == Approx(0.5));
  CHECK_FALSE(tau(ordered({1, 2}), ordered({2, 3})));
  CHECK_FALSE(tau(places({1, 1}), places({1, 2})));
}

TEST_CASE("too few people or comparisons are said to be too few, without a number", "[trendcards][ranking]") {
  const std::array two{ordered({1, 2, 3, 4, 5, 6}), ordered({1, 2, 3, 4, 5, 6})};
  CHECK(agreement(two).strength == Strength::tooLittle);
  CHECK_FALSE(agreement(two).same);
  const std::array few{ordered({1, 2, 3}), ordered({1, 2, 3}), ordered({1, 2, 3})};
  CHECK(agreement(few).comparisons == 9);
  CHECK(agreement(few).strength == Strength::tooLittle);
  CHECK_FALSE(agreement(few).w);
  const std::array single{ordered({1}), ordered({1}), ordered({1}), ordered({1})};
  CHECK(agreement(single).people == 0);
  CHECK(agreement({}).strength == Strength::tooLittle);
}

TEST_CASE("the same order from everybody is strong agreement, drawn cards or all of them", "[trendcards][ranking]") {
  const std::vector<Ordering> all(6, ordered({1, 2, 3, 4, 5}));
  CHECK(agreement(all).strength == Strength::strong);
  CHECK(*agreement(all).w == Approx(1));
  std::mt19937 random(9);
  std::vector<Ordering> drawn = byLot(random, 20, 10, 5);
  for (Ordering& ordering : drawn)
    for (auto& placed : ordering.placed) placed.place = static_cast<double>(placed.item);
  const Agreement found = agreement(drawn);
  CHECK_FALSE(found.w);
  CHECK(*found.same == Approx(1));
  CHECK(found.strength == Strength::strong);
}

TEST_CASE("orders drawn by lot are hardly ever called agreement", "[trendcards][ranking]") {
  std::mt19937 random(10);
  int agreed = 0;
  for (int round = 0; round < 60; ++round) {
    const auto strength = agreement(byLot(random, 4, 8, 8 - 3 * (round % 2))).strength;
    if (strength != Strength::chance && strength != Strength::tooLittle) ++agreed;
  }
  // One in twenty is expected; ten of sixty would come about once in a thousand runs.
  CHECK(agreed < 10);
}

TEST_CASE("the words do not depend on the order in which people answered", "[trendcards][ranking]") {
  std::mt19937 random(11);
  std::vector<Ordering> orderings(8, ordered({1, 2, 3, 4, 5, 6}));
  orderings.push_back(ordered({6, 5, 4, 3, 2, 1}));
  orderings.push_back(ordered({5, 6, 4, 3, 2, 1}));
  const Agreement before = agreement(orderings);
  std::shuffle(orderings.begin(), orderings.end(), random);
  const Agreement after = agreement(orderings);
  CHECK(before.strength == after.strength);
  CHECK(*before.w == Approx(*after.w));
}

TEST_CASE("the strength of an agreement is told by where W falls", "[trendcards][ranking]") {
  // Seven of ten the one way and three the other: rank sums that can be worked out by hand.
  const auto split = [](int one, int other) {
    std::vector<Ordering> orderings(static_cast<std::size_t>(one), ordered({1, 2, 3, 4, 5, 6}));
    orderings.insert(orderings.end(), static_cast<std::size_t>(other), ordered({6, 5, 4, 3, 2, 1}));
    return agreement(orderings);
  };
  CHECK(*split(9, 1).w == Approx(0.64));  // ((9 - 1) / 10)²
  CHECK(split(9, 1).strength == Strength::moderate);
  CHECK(*split(8, 2).w == Approx(0.36));
  CHECK(split(8, 2).strength == Strength::weak);
  CHECK(*split(19, 1).w == Approx(0.81));
  CHECK(split(19, 1).strength == Strength::strong);
  CHECK(split(5, 5).strength == Strength::chance);
}

TEST_CASE("quartiles are those of spreadsheets", "[trendcards][ranking]") {
  // Hyndman and Fan (1996), type 7: quantile(1:4) in R is 1.75 2.5 3.25.
  const Spread four = *spread({4, 1, 3, 2});
  CHECK(four.lowerQuartile == Approx(1.75));
  CHECK(four.median == Approx(2.5));
  CHECK(four.upperQuartile == Approx(3.25));
  CHECK(four.range() == Approx(1.5));
  CHECK(four.count == 4);
  const Spread five = *spread({5, 5, 1, 1, 3});
  CHECK(five.lowerQuartile == Approx(1));
  CHECK(five.median == Approx(3));
  CHECK(five.upperQuartile == Approx(5));
  const Spread one = *spread({2});
  CHECK(one.median == Approx(2));
  CHECK(one.range() == Approx(0));
  CHECK_FALSE(spread({}));
}

TEST_CASE("ideas with as many dots share a place", "[trendcards][ranking]") {
  const std::array<std::int64_t, 5> dots{7, 3, 9, 7, 0};
  CHECK(sharedPlaces(dots) == std::vector<std::int64_t>{2, 4, 1, 2, 5});
  CHECK(sharedPlaces({}).empty());
}
