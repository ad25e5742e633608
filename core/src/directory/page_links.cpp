#include "directory/page_links.h"

#include <Poco/URI.h>

#include <algorithm>

namespace toimela::directory {

namespace {
// Deeper pages are found by searching; a limit keeps offsets small for the database.
constexpr std::int64_t kLastPage = 10'000;
}  // namespace

std::string withQuery(std::string path, const Query& query) {
  char separator = path.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    path += separator + name + '=';
    Poco::URI::encode(value, "!*'();:@&=+$,/?#[]%", path);
    separator = '&';
  }
  return path;
}

int pageNumber(const Request& request) {
  return static_cast<int>(
      std::clamp<std::int64_t>(parseId(request.query.text("page")).value_or(1), 1, kLastPage));
}

void showPager(View& view, const Request& request, std::string_view path, const Query& query,
               int page, bool hasNext, std::string position) {
  if (page == 1 && !hasNext) return;
  const auto link = [&](int number) {
    Query all = query;
    if (number > 1) all.emplace_back("page", std::to_string(number));
    return withQuery(request.link(path), all);
  };
  View pager;
  pager.set("previous", page > 1 ? link(page - 1) : "")
      .set("next", hasNext ? link(page + 1) : "")
      .set("position", std::move(position));
  view.group("pager", std::move(pager));
}

}  // namespace toimela::directory
