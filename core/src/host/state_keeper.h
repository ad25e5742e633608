// Keeps the process's CoreState no older than the request that asks for it.
#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "host/core_host.h"

namespace toimela::host {

/// Thread-safe. refresh() costs one small query; the state is read again only when the core's data
/// generation has moved.
class StateKeeper {
 public:
  explicit StateKeeper(const plugins::Contributions& contributions);

  std::shared_ptr<const CoreState> refresh(ReadTx& tx);
  /// The newest known state; null before the first refresh().
  std::shared_ptr<const CoreState> current() const { return state_.load(); }
  /// The regions as last read; the reference stays good for ever.
  const std::vector<Region>& regions() const;

 private:
  const plugins::Contributions& contributions_;
  std::vector<PermissionSpec> permissions_;
  std::atomic<std::shared_ptr<const CoreState>> state_;
  std::mutex loading_;
  std::list<std::vector<Region>> editions_;  // regions change once in years: old ones are kept
  std::atomic<const std::vector<Region>*> regions_;
};

}  // namespace toimela::host
