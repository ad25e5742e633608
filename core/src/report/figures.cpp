#include <string>

#include "toimela/report.h"

namespace toimela::report {

namespace {

Date dayOf(int year, unsigned month, unsigned day) {
  return Date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

Instant startOf(Date day) { return parseHelsinkiTime(day.text() + "T00:00").value(); }

Figure ratio(std::string key, std::string label, Figure::Kind kind, std::int64_t part, std::int64_t people) {
  Figure figure{std::move(key), std::move(label), kind, {}, people > 0 && people < kFewestPeople};
  if (people >= kFewestPeople) figure.value = static_cast<double>(part) / static_cast<double>(people);
  return figure;
}

}  // namespace

Date Question::firstDay() const { return dayOf(year, 1, 1); }
Date Question::lastDay() const { return dayOf(year, 12, 31); }
Instant Question::begins() const { return startOf(firstDay()); }
Instant Question::ends() const { return startOf(dayOf(year + 1, 1, 1)); }

Figure count(std::string key, std::string label, std::int64_t things) {
  return {std::move(key), std::move(label), Figure::Kind::count, static_cast<double>(things), false};
}

Figure people(std::string key, std::string label, std::int64_t people) {
  Figure figure = count(std::move(key), std::move(label), people);
  figure.isOfTooFew = people > 0 && people < kFewestPeople;
  if (figure.isOfTooFew) figure.value.reset();
  return figure;
}

Figure share(std::string key, std::string label, std::int64_t people, std::int64_t all) {
  return ratio(std::move(key), std::move(label), Figure::Kind::share, people, all);
}

Figure mean(std::string key, std::string label, std::int64_t sum, std::int64_t people) {
  return ratio(std::move(key), std::move(label), Figure::Kind::mean, sum, people);
}

}  // namespace toimela::report
