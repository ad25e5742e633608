// A question as it stands in an address, and addresses of its neighbours.
#pragma once

#include <string>

#include "toimela/request.h"
#include "toimela/search.h"

namespace toimela::search {

inline constexpr int kHitsOnPage = 20;

/// Reads q, sort, page and a field for each facet. Unknown values are left out; a text with control
/// characters is refused (RequestError 400).
Question questionOf(const Request& request);
/// What stands behind "/search?" for the question; its first page when `page` is 1.
std::string addressOf(const Question& question, int page);
int pageOf(const Question& question);

}  // namespace toimela::search
