#include "host/state_keeper.h"

#include "directory/reference.h"
#include "plugins/settings.h"

namespace toimela::host {

StateKeeper::StateKeeper(const plugins::Contributions& contributions) : contributions_(contributions) {
  for (const auto& permission : contributions.permissions) permissions_.push_back(permission.what);
  editions_.emplace_back();
  regions_ = &editions_.back();
}

std::shared_ptr<const CoreState> StateKeeper::refresh(ReadTx& tx) {
  data::Generations generations = data::readGenerations(tx);
  auto known = state_.load();
  if (known && known->generations.total == generations.total) return known;

  auto fresh = std::make_shared<CoreState>();
  if (known && known->generations.component("core") == generations.component("core")) {
    *fresh = *known;
    fresh->generations = std::move(generations);
  } else {
    fresh->generations = std::move(generations);
    fresh->switches = plugins::loadSwitches(tx, contributions_.plugins);
    fresh->rights = std::make_shared<const access::Rights>(permissions_, access::loadChanges(tx));
    fresh->regionSettings = plugins::loadRegionSettings(tx);
    auto regions = directory::loadRegions(tx);
    std::lock_guard lock(loading_);
    if (regions.size() != regions_.load()->size() ||
        !std::equal(regions.begin(), regions.end(), regions_.load()->begin(), [](const Region& a, const Region& b) {
          return a.code == b.code && a.slug == b.slug && a.name == b.name && a.column == b.column && a.row == b.row;
        })) {
      editions_.push_back(std::move(regions));
      regions_ = &editions_.back();
    }
  }
  // A slower thread must not put an older state over a newer one.
  std::lock_guard lock(loading_);
  auto latest = state_.load();
  if (!latest || latest->generations.total < fresh->generations.total) state_.store(fresh);
  return fresh;
}

const std::vector<Region>& StateKeeper::regions() const { return *regions_.load(); }

}  // namespace toimela::host
