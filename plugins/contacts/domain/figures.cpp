#include "domain/figures.h"

namespace toimela::contacts {

namespace {

std::int64_t countIn(const CountByMonth& counts, const MonthText& month) {
  const auto found = counts.find(month);
  return found == counts.end() ? 0 : found->second;
}

std::int64_t countUntil(const CountByMonth& counts, const MonthText& month) {
  std::int64_t sum = 0;
  for (auto it = counts.begin(); it != counts.end() && it->first <= month; ++it) sum += it->second;
  return sum;
}

}  // namespace

MonthText monthOf(Date day) { return day.text().substr(0, 7); }

std::vector<MonthFigures> monthByMonth(const CountByMonth& joined, const CountByMonth& left,
                                       const CountByMonth& posts, Date today, int months) {
  std::vector<MonthFigures> figures;
  const auto present = today.day().year() / today.day().month();
  for (int back = months - 1; back >= 0; --back) {
    const auto month = present - std::chrono::months(back);
    const MonthText text = monthOf(Date(month / 1));
    figures.push_back({.month = text,
                       .members = countUntil(joined, text) - countUntil(left, text),
                       .joined = countIn(joined, text),
                       .left = countIn(left, text),
                       .posts = countIn(posts, text)});
  }
  return figures;
}

}  // namespace toimela::contacts
