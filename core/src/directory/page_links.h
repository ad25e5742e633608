// Links from page to page of a list, with what was searched for kept.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "toimela/host.h"
#include "toimela/request.h"
#include "toimela/view.h"

namespace toimela::directory {

using Query = std::vector<std::pair<std::string, std::string>>;

/// The path with the query behind it; parts without a value are left out.
std::string withQuery(std::string path, const Query& query);

/// The number of the page that was asked for, from 1.
int pageNumber(const Request& request);

/// The group "pager" for the partial of that name; none when everything is on one page.
/// `path` is without language. `position` says where the reader is.
void showPager(View& view, const Request& request, std::string_view path, const Query& query,
               int page, bool hasNext, std::string position);

}  // namespace toimela::directory
