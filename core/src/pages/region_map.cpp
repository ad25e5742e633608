#include "pages/region_map.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "toimela/numbers.h"
#include "toimela/tile_map.h"

namespace toimela {

namespace {

/// The first `letters` characters of UTF-8 text.
std::string_view firstLetters(std::string_view text, int letters) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool startsLetter = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (startsLetter && letters-- == 0) break;
  }
  return text.substr(0, at);
}

}  // namespace

std::string shortRegionName(std::string_view name) {
  constexpr std::string_view kSeparators = " -";
  if (name.find_first_of(kSeparators) == name.npos) return std::string(firstLetters(name, 3));
  std::string initials;
  while (!name.empty()) {
    initials += firstLetters(name, 1);
    const auto end = name.find_first_of(kSeparators);
    name = end == name.npos ? std::string_view() : name.substr(end + 1);
  }
  return initials;
}

namespace pages {

namespace {

constexpr int kSquare = 11;  ///< side of a square of the locator with its gap
constexpr int kShades = 3;

std::int64_t countOf(const OrganisationCounts& counts, RegionCode region) {
  const auto found = counts.find(region);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

int shade(std::int64_t count, std::int64_t largest) {
  if (count <= 0 || largest <= 0) return 0;
  const double share = std::min(1.0, static_cast<double>(count) / static_cast<double>(largest));
  return static_cast<int>(std::ceil(kShades * std::sqrt(share)));
}

std::vector<View> mapViews(const std::vector<Region>& regions, const OrganisationCounts& counts,
                           const Request& request, const Texts& texts) {
  std::vector<const Region*> inReadingOrder;
  std::int64_t largest = 0;
  for (const Region& region : regions) {
    inReadingOrder.push_back(&region);
    largest = std::max(largest, countOf(counts, region.code));
  }
  std::ranges::sort(inReadingOrder, {}, [](const Region* region) {
    return std::tuple(region->row, region->column);
  });
  std::vector<View> views;
  for (const Region* region : inReadingOrder) {
    const std::int64_t count = countOf(counts, region->code);
    const std::string& name = region->name.pick(request.locale).text;
    View& view = views.emplace_back();
    view.set("column", region->column).set("row", region->row).set("level", shade(count, largest));
    view.set("href", request.link("/regions/" + region->slug));
    view.set("name", name).set("short_name", shortRegionName(name)).set("count", showNumber(count, request.locale));
    view.set("unit", texts.format(request.locale, "site.organisation_unit", {{"count", count}}));
  }
  return views;
}

std::vector<View> locatorViews(const std::vector<Region>& regions, RegionCode here) {
  std::vector<View> views;
  for (const Region& region : regions) {
    View& view = views.emplace_back();
    view.set("x", region.column * kSquare).set("y", region.row * kSquare);
    view.flag("is_here", region.code == here);
  }
  return views;
}

}  // namespace pages

}  // namespace toimela
