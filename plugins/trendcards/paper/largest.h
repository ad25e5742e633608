// The largest size of print in which a text fits.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>

namespace toimela::trendcards::paper {

/// Of the steps from 0 to `last` the largest that fits, where every smaller one fits too; nothing when none does.
/// Trying one is dear: it begins at `near` and goes from there, farther with each step, until it lies between two.
inline std::optional<int> largestStep(int last, int near, const std::function<bool(int)>& fits) {
  int low = -1, high = last + 1, next = std::clamp(near, 0, last);
  for (int stride = 1; high - low > 1; stride *= 2) {
    (fits(next) ? low : high) = next;
    if (low < 0) next = std::max(high - stride, 0);
    else if (high > last) next = std::min(low + stride, last);
    else next = (low + high) / 2;
  }
  return low < 0 ? std::nullopt : std::optional(low);
}

}  // namespace toimela::trendcards::paper
