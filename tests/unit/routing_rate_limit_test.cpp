#include <catch2/catch.hpp>

#include "routing/rate_limit.h"

using namespace std::chrono_literals;
using toimela::RateClass;
using toimela::routing::RateLimiter;

namespace {

int welcomed(RateLimiter& limiter, RateClass rateClass, std::string_view client, RateLimiter::Clock::time_point at) {
  int count = 0;
  while (limiter.count(rateClass, client, at).count() == 0 && count < 1000) ++count;
  return count;
}

}  // namespace

TEST_CASE("a client may use a minute's worth at once and is then told how long to wait") {
  RateLimiter limiter({.read = 60, .write = 6});
  const auto start = RateLimiter::Clock::time_point(1h);
  CHECK(welcomed(limiter, RateClass::read, "a", start) == 60);
  CHECK(limiter.count(RateClass::read, "a", start) == 1s);
  CHECK(welcomed(limiter, RateClass::write, "a", start) == 6);
  CHECK(limiter.count(RateClass::write, "a", start) == 10s);
}

TEST_CASE("what a client has used comes back steadily, and never more than a minute's worth") {
  RateLimiter limiter({.write = 6});
  const auto start = RateLimiter::Clock::time_point(1h);
  CHECK(welcomed(limiter, RateClass::write, "a", start) == 6);
  CHECK(welcomed(limiter, RateClass::write, "a", start + 10s) == 1);
  CHECK(welcomed(limiter, RateClass::write, "a", start + 30s) == 2);
  CHECK(welcomed(limiter, RateClass::write, "a", start + 1h) == 6);
}

TEST_CASE("a refused request does not make the wait longer") {
  RateLimiter limiter({.write = 6});
  const auto start = RateLimiter::Clock::time_point(1h);
  CHECK(welcomed(limiter, RateClass::write, "a", start) == 6);
  for (int i = 0; i < 100; ++i) CHECK(limiter.count(RateClass::write, "a", start) == 10s);
  CHECK(limiter.count(RateClass::write, "a", start + 10s) == 0s);
}

TEST_CASE("one client's haste does not slow another, and no limit means none") {
  RateLimiter limiter({.write = 2});
  const auto start = RateLimiter::Clock::time_point(1h);
  CHECK(welcomed(limiter, RateClass::write, "a", start) == 2);
  CHECK(welcomed(limiter, RateClass::write, "b", start) == 2);
  CHECK(welcomed(limiter, RateClass::read, "a", start) == 1000);
}

TEST_CASE("a flood of addresses does not take memory without end, nor is a guest locked out by it") {
  RateLimiter limiter({.read = 10});
  const auto start = RateLimiter::Clock::time_point(1h);
  for (int i = 0; i < 300'000; ++i) limiter.count(RateClass::read, std::to_string(i), start);
  CHECK(limiter.count(RateClass::read, "guest", start) == 0s);
}

TEST_CASE("many people behind one address have as many times the limit together") {
  RateLimiter limiter({.read = 6});
  const auto start = RateLimiter::Clock::time_point(1h);
  int count = 0;
  while (limiter.count(RateClass::read, "hall", start, 20).count() == 0 && count < 1000) ++count;
  CHECK(count == 120);
  CHECK(limiter.count(RateClass::read, "hall", start + 5s, 20) == 0s);
  CHECK(welcomed(limiter, RateClass::read, "one", start) == 6);
}
