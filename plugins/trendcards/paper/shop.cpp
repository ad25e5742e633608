#include "paper/shop.h"

#include <algorithm>

namespace toimela::trendcards::paper {

namespace {

/// Gives the place back, whatever happens.
template <class Semaphore>
class Place {
 public:
  explicit Place(Semaphore& places) : places_(places) {}
  ~Place() { places_.release(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  Semaphore& places_;
};

}  // namespace

Shop::File Shop::take(const std::string& key, const std::function<std::string()>& make,
                      std::chrono::milliseconds patience) {
  if (File found = find(key)) return found;
  if (!places_.try_acquire()) {
    if (isAwaited_.test_and_set()) return nullptr;
    const bool isFree = places_.try_acquire_for(patience);
    isAwaited_.clear();
    if (!isFree) return nullptr;
  }
  const Place place(places_);
  // Somebody else may have had it made meanwhile.
  if (File found = find(key)) return found;
  File file = std::make_shared<const std::string>(make());
  if (!file->empty()) keep(key, file);
  return file;
}

Shop::File Shop::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(kept_, key, &std::pair<std::string, File>::first);
  if (found == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front().second;
}

void Shop::keep(const std::string& key, const File& file) {
  const std::lock_guard lock(mutex_);
  if (file->size() > kMostKept) return;
  kept_.emplace_front(key, file);
  size_ += file->size();
  while (size_ > kMostKept) {
    size_ -= kept_.back().second->size();
    kept_.pop_back();
  }
}

}  // namespace toimela::trendcards::paper
