// Pages of lists in the API: a limit, and a cursor that says where the next page begins.
#pragma once

#include <algorithm>
#include <optional>
#include <type_traits>
#include <vector>

#include "toimela/request.h"

namespace toimela::contacts::handlers {

/// ?limit=, 50 without one and 200 at most.
inline int limitOf(const Request& request) {
  constexpr std::int64_t kDefaultLimit = 50, kLargestLimit = 200;
  const auto wished = parseId(request.query.text("limit")).value_or(kDefaultLimit);
  return static_cast<int>(std::min(wished, kLargestLimit));
}

/// The id after which the page begins: ?after=.
template <class I>
I afterOf(const Request& request) {
  return I{parseId(request.query.text("after")).value_or(0)};
}

/// Cuts off the row that was read beyond the page; the cursor of the next page if there was one.
template <class T, class IdOf>
auto cutPage(std::vector<T>& rows, int limit, IdOf idOf) {
  std::optional<std::decay_t<decltype(idOf(rows.front()))>> next;
  if (static_cast<int>(rows.size()) <= limit) return next;
  rows.pop_back();
  next = idOf(rows.back());
  return next;
}

}  // namespace toimela::contacts::handlers
