// Which links of the navigation a reader sees on a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/core_host.h"
#include "toimela/request.h"

namespace toimela::pages {

/// Where a link stands to the page that is shown.
enum class Nearness { elsewhere, around, here };

struct NavigationLink {
  std::string path;      ///< without language; a region's slug is filled in
  std::string labelKey;
  Nearness nearness = Nearness::elsewhere;
};

/// Four bars: the whole service, one region, the administration, and one's own account. In each at
/// most one link is marked: of those that fit, the one nearest to the page.
struct Navigation {
  std::vector<NavigationLink> service, region, administration, account;
};

/// Is the page at `path` the one of the link, or one below it?
Nearness nearness(std::string_view path, std::string_view link);

/// What the plugins contributed, in order, without what is switched off or not permitted. `region`
/// may be null; then nothing stands in that bar.
Navigation navigationFor(const plugins::Contributions& contributions, const CoreState& state,
                         const Actor& actor, const Region* region, std::string_view path);

}  // namespace toimela::pages
