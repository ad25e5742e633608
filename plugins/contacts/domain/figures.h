// How a network changes over time, month by month.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "toimela/types.h"

namespace toimela::contacts {

/// A month of Finland's calendar as ISO 8601 writes it, "2026-05"; ordered as text.
using MonthText = std::string;
MonthText monthOf(Date day);

using CountByMonth = std::map<MonthText, std::int64_t>;

struct MonthFigures {
  MonthText month;
  std::int64_t members = 0;  ///< at its end, or today in the month that goes on
  std::int64_t joined = 0, left = 0, posts = 0;
};

/// The last `months` months, the present one last. `joined` and `left` are all there ever were until
/// today, by the month of the first and of the last day.
std::vector<MonthFigures> monthByMonth(const CountByMonth& joined, const CountByMonth& left,
                                       const CountByMonth& posts, Date today, int months);

}  // namespace toimela::contacts
