// When notices are due.
#include <catch2/catch.hpp>

#include "notices/schedule.h"

using namespace toimela;
using namespace std::chrono;
using notices::dueUntil;

namespace {

/// A moment in UTC.
Instant at(int year, unsigned month, unsigned day, int hour, int minute = 0) {
  return sys_days(std::chrono::year(year) / month / day) + hours(hour) + minutes(minute);
}

}  // namespace

TEST_CASE("what is to be told at once is due now", "[notices]") {
  CHECK(dueUntil(at(2026, 11, 25, 12)).atOnce == at(2026, 11, 25, 12));
}

TEST_CASE("the day's digest goes out at seven in the morning in Finland", "[notices]") {
  // Winter: two hours ahead of UTC.
  CHECK(dueUntil(at(2026, 11, 25, 5, 0)).daily == at(2026, 11, 25, 5));
  CHECK(dueUntil(at(2026, 11, 25, 4, 59)).daily == at(2026, 11, 24, 5));
  CHECK(dueUntil(at(2026, 11, 25, 22, 30)).daily == at(2026, 11, 25, 5));
  // Summer: three.
  CHECK(dueUntil(at(2026, 6, 10, 4, 0)).daily == at(2026, 6, 10, 4));
  CHECK(dueUntil(at(2026, 6, 10, 3, 59)).daily == at(2026, 6, 9, 4));
}

TEST_CASE("the week's digest goes out on Monday at seven", "[notices]") {
  // 23 November 2026 is a Monday.
  CHECK(dueUntil(at(2026, 11, 23, 5)).weekly == at(2026, 11, 23, 5));
  CHECK(dueUntil(at(2026, 11, 23, 4, 59)).weekly == at(2026, 11, 16, 5));
  CHECK(dueUntil(at(2026, 11, 29, 23)).weekly == at(2026, 11, 23, 5));
}

TEST_CASE("mornings are right around the change of clocks", "[notices]") {
  // Summer time begins on Sunday 29 March 2026 and ends on Sunday 25 October 2026.
  CHECK(dueUntil(at(2026, 3, 29, 3)).daily == at(2026, 3, 28, 5));
  CHECK(dueUntil(at(2026, 3, 29, 4)).daily == at(2026, 3, 29, 4));
  CHECK(dueUntil(at(2026, 4, 1, 12)).weekly == at(2026, 3, 30, 4));
  CHECK(dueUntil(at(2026, 3, 29, 12)).weekly == at(2026, 3, 23, 5));
  CHECK(dueUntil(at(2026, 10, 25, 4)).daily == at(2026, 10, 24, 4));
  CHECK(dueUntil(at(2026, 10, 25, 5)).daily == at(2026, 10, 25, 5));
  CHECK(dueUntil(at(2026, 10, 25, 12)).weekly == at(2026, 10, 19, 4));
}

TEST_CASE("a pace has a name that is read back", "[notices]") {
  for (const auto pace : notices::kPaces) CHECK(notices::parsePace(notices::code(pace)) == pace);
  CHECK_FALSE(notices::parsePace("hourly"));
  CHECK_FALSE(notices::parsePace(""));
}

TEST_CASE("a day ends at midnight in Finland, also when it is an hour shorter or longer", "[notices]") {
  const auto end = [](const char* day) { return notices::endOf(*Date::parse(day)); };
  CHECK(end("2026-11-23") == at(2026, 11, 23, 22));
  CHECK(end("2026-06-10") == at(2026, 6, 10, 21));
  CHECK(end("2026-03-29") == at(2026, 3, 29, 21));
  CHECK(end("2026-10-25") == at(2026, 10, 25, 22));
}
