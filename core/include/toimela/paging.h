// Lists of the API, page by page: {"items": […], "next": cursor or null}.
//
// A client asks for "?limit=…" items "after" the place where the page before ended. The place is an
// opaque cursor: what it says is nobody's business but the list's, so a list can be ordered anew
// without breaking a client.
//
//   const Paging paging = Paging::of(request);
//   auto rows = host.read([&](ReadTx& tx) { return store::networksAfter(tx, paging.afterId<NetworkId>(),
//                                                                       paging.limit + 1); });
//   const auto next = paging.cut(rows, [](const auto& row) { return row.id.text(); });
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/request.h"
#include "toimela/types.h"

namespace toimela {

struct TOIMELA_API Paging {
  static constexpr int kDefaultLimit = 50, kLargestLimit = 200;

  int limit = kDefaultLimit;         ///< 1 … kLargestLimit
  std::optional<std::string> after;  ///< the place that the cursor stands for; unset: the beginning

  /// Reads `limit` and `after`. Throws RequestError(400) when one of them is not valid.
  static Paging of(const Request& request);

  /// The place as the id of a row, 0 for the beginning. Throws RequestError(400) when it is none: the
  /// cursor is of another list.
  template <class I>
  I afterId() const {
    if (!after) return I{0};
    const auto id = parseId(*after);
    if (!id) refuseCursor();
    return I{*id};
  }

  /// For a list that was read one row beyond its limit: cuts that row off and returns the cursor of
  /// the next page; nothing when there is none. `placeOf` gives the place of a row as a text.
  template <class Row, class PlaceOf>
  std::optional<std::string> cut(std::vector<Row>& rows, PlaceOf placeOf) const {
    if (rows.size() <= static_cast<std::size_t>(limit)) return std::nullopt;
    rows.erase(rows.begin() + limit, rows.end());
    return cursor(placeOf(rows.back()));
  }

  /// A place as it is sent: base64url without padding (RFC 4648, section 5).
  static std::string cursor(std::string_view place);

 private:
  [[noreturn]] static void refuseCursor();
};

}  // namespace toimela
