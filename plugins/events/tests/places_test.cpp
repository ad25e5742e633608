// The rule for places, without a database.
#include <catch2/catch.hpp>

#include <random>

#include "domain/places.h"

using namespace toimela;
using namespace toimela::events;

namespace {

using Kind = PoolKey::Kind;
constexpr PoolKey kEvent{Kind::event, 0};
constexpr PoolKey workshop(std::int64_t id) { return {Kind::session, id}; }

Places placesOf(std::map<PoolKey, Pool> pools) { return Places(std::move(pools)); }

Seat seat(std::int64_t id, std::vector<PoolKey> wanted = {kEvent}) {
  return {{id}, {id}, false, std::move(wanted)};
}
Seat together(std::int64_t id, std::int64_t registration, std::vector<PoolKey> wanted = {kEvent}) {
  return {{id}, {registration}, true, std::move(wanted)};
}

std::vector<std::int64_t> idsOf(const std::vector<ParticipantId>& ids) {
  std::vector<std::int64_t> values;
  for (const auto id : ids) values.push_back(id.value);
  return values;
}
using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("a place is taken in everything that was wanted, or in nothing", "[events][places]") {
  auto places = placesOf({{kEvent, {5, 0}}, {workshop(1), {1, 0}}, {workshop(2), {1, 1}}});
  const std::vector both{kEvent, workshop(1), workshop(2)}, one{kEvent, workshop(1)};
  CHECK_FALSE(places.take(both));
  CHECK(places.find(kEvent)->taken == 0);
  CHECK(places.find(workshop(1))->taken == 0);
  CHECK(places.take(one));
  CHECK_FALSE(places.take(one));
  CHECK(places.find(kEvent)->taken == 1);
}

TEST_CASE("without a limit as many come as want to", "[events][places]") {
  auto places = placesOf({{kEvent, {std::nullopt, 1'000'000}}});
  CHECK(places.take(std::vector{kEvent}));
  CHECK_FALSE(places.isEventFull());
}

TEST_CASE("there are never fewer places than are taken", "[events][places]") {
  auto places = placesOf({{kEvent, {5, 3}}});
  CHECK_FALSE(places.resize(kEvent, 2));
  CHECK(places.find(kEvent)->capacity == 5);
  CHECK(places.resize(kEvent, 3));
  CHECK(places.isEventFull());
}

TEST_CASE("only what has changed is written", "[events][places]") {
  auto places = placesOf({{kEvent, {5, 3}}, {workshop(1), {2, 0}}});
  CHECK(places.changed().empty());
  CHECK(places.take(std::vector{kEvent}));
  CHECK(places.changed() == std::map<PoolKey, Pool>{{kEvent, {5, 4}}});
  places.give(std::vector{kEvent});
  CHECK(places.changed().empty());
  places.add({Kind::organisation, 7}, {3, 0});
  CHECK(places.changed().size() == 1);
}

TEST_CASE("free places go to those who wait, in their order", "[events][places]") {
  auto places = placesOf({{kEvent, {2, 0}}});
  CHECK(idsOf(promote(places, std::vector{seat(3), seat(1), seat(2)})) == Ids{3, 1});
}

TEST_CASE("who fits does not wait for somebody before them who does not", "[events][places]") {
  auto places = placesOf({{kEvent, {2, 0}}, {workshop(1), {0, 0}}});
  const std::vector list{seat(1, {kEvent, workshop(1)}), seat(2), seat(3)};
  CHECK(idsOf(promote(places, list)) == Ids{2, 3});
}

TEST_CASE("a group that goes together goes as a whole or waits", "[events][places]") {
  auto places = placesOf({{kEvent, {3, 0}}, {workshop(1), {1, 0}}});
  SECTION("there is room") {
    CHECK(idsOf(promote(places, std::vector{together(1, 9), together(2, 9), together(3, 9)})) == Ids{1, 2, 3});
  }
  SECTION("there is not, and what it would have taken is free for the next") {
    const std::vector list{together(1, 9), together(2, 9), together(3, 9), together(4, 9), seat(5), seat(6)};
    CHECK(idsOf(promote(places, list)) == Ids{5, 6});
    CHECK(places.find(kEvent)->taken == 2);
  }
  SECTION("one of them does not get the workshop") {
    const std::vector list{together(1, 9, {kEvent, workshop(1)}), together(2, 9, {kEvent, workshop(1)}), seat(5)};
    CHECK(idsOf(promote(places, list)) == Ids{5});
    CHECK(places.find(workshop(1))->taken == 0);
  }
}

TEST_CASE("whatever the list, nobody who fits waits and no pool overflows", "[events][places]") {
  std::mt19937 random(20261122);
  const auto pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  for (int round = 0; round < 2'000; ++round) {
    std::map<PoolKey, Pool> pools{{kEvent, {pick(12), 0}}, {workshop(1), {pick(5), 0}}, {workshop(2), {pick(5), 0}}};
    std::vector<Seat> list;
    for (std::int64_t registration = 1; registration <= 8; ++registration) {
      const int size = 1 + pick(3);
      const bool isTogether = pick(2) == 0;
      for (int i = 0; i < size; ++i) {
        std::vector wanted{kEvent};
        if (const int choice = pick(3)) wanted.push_back(workshop(choice));
        list.push_back({{static_cast<std::int64_t>(list.size()) + 1}, {registration}, isTogether, wanted});
      }
    }
    Places places(pools);
    const auto promoted = promote(places, list);
    const auto isIn = [&](const Seat& each) {
      return std::ranges::find(promoted, each.participant) != promoted.end();
    };
    // Counted from the people, not from the pools.
    std::map<PoolKey, std::int64_t> taken;
    for (const Seat& each : list)
      if (isIn(each))
        for (const PoolKey key : each.wanted) ++taken[key];
    for (const auto& [key, pool] : pools) {
      CHECK(taken[key] <= *pool.capacity);
      CHECK(taken[key] == places.find(key)->taken);
    }
    const auto free = [&](PoolKey key) { return *pools[key].capacity - taken[key]; };
    for (std::size_t i = 0; i < list.size();) {
      std::size_t end = i + 1;
      while (list[i].allOrNothing && end < list.size() && list[end].registration == list[i].registration) ++end;
      std::map<PoolKey, std::int64_t> wanted;
      bool anyIn = false, allIn = true;
      for (std::size_t k = i; k < end; ++k) {
        anyIn = anyIn || isIn(list[k]);
        allIn = allIn && isIn(list[k]);
        for (const PoolKey key : list[k].wanted) ++wanted[key];
      }
      CHECK(anyIn == allIn);
      const bool fits = std::ranges::all_of(wanted, [&](const auto& want) { return want.second <= free(want.first); });
      CHECK((allIn || !fits));
      i = end;
    }
  }
}
