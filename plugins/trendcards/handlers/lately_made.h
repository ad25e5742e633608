// Files that take long to make: one at a time, and what was asked for lately is kept.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <utility>

#include "toimela/http.h"

namespace toimela::trendcards::handlers {

/// `Content` has a size() in bytes. What a key names never changes, so a file that was made of it is right for
/// ever. Used by many threads.
template <class Content>
class LatelyMade {
 public:
  using File = std::shared_ptr<const Content>;

  /// Keeps `mostKept` bytes. Who comes while another file is made waits for `patience`; but one alone does: whoever
  /// waits holds a worker, so that a crowd must not.
  LatelyMade(std::uint64_t mostKept, std::chrono::milliseconds patience) : mostKept_(mostKept), patience_(patience) {}

  /// The file of `key`, made if it is not there; an empty one is not kept. Nothing when another one was made for too
  /// long: whoever asks must come again.
  File take(const std::string& key, const std::function<File()>& make) {
    if (File found = find(key)) return found;
    if (!mayMake()) return nullptr;
    const std::unique_ptr<Place, GiveBack> place(&place_);
    // Somebody else may have had it made meanwhile.
    if (File found = find(key)) return found;
    File file = make();
    keep(key, file);
    return file;
  }

 private:
  /// More at once would leave no processor for readers of pages.
  using Place = std::binary_semaphore;
  struct GiveBack {
    void operator()(Place* place) const { place->release(); }
  };
  using Kept = std::pair<std::string, File>;

  bool mayMake() {
    if (place_.try_acquire()) return true;
    if (isAwaited_.test_and_set()) return false;
    const bool isFree = place_.try_acquire_for(patience_);
    isAwaited_.clear();
    return isFree;
  }
  File find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(kept_, key, &Kept::first);
    if (found == kept_.end()) return nullptr;
    kept_.splice(kept_.begin(), kept_, found);
    return kept_.front().second;
  }
  void keep(const std::string& key, const File& file) {
    const std::lock_guard lock(mutex_);
    if (!file || file->size() == 0 || file->size() > mostKept_) return;
    kept_.emplace_front(key, file);
    size_ += file->size();
    while (size_ > mostKept_) {
      size_ -= kept_.back().second->size();
      kept_.pop_back();
    }
  }

  const std::uint64_t mostKept_;
  const std::chrono::milliseconds patience_;
  Place place_{1};
  std::atomic_flag isAwaited_;
  std::mutex mutex_;
  std::list<Kept> kept_;  ///< what was asked for last comes first
  std::uint64_t size_ = 0;
};

/// Decks and results on paper, in memory. A deck takes about a second.
struct Prints : LatelyMade<std::string> {
  explicit Prints(std::chrono::milliseconds patience = std::chrono::seconds(5)) : LatelyMade(48 * 1024 * 1024, patience) {}

  /// As take(), of what `make` returns.
  File print(const std::string& key, const std::function<std::string()>& make) {
    return take(key, [&] { return std::make_shared<const std::string>(make()); });
  }
};

/// Decks that were packed to be taken along, on disk. Nobody waits for one.
struct Parcels : LatelyMade<SpooledFile> {
  Parcels() : LatelyMade(256 * 1024 * 1024, std::chrono::milliseconds(0)) {}
};

}  // namespace toimela::trendcards::handlers
