#include "handlers/parcels.h"

#include <algorithm>

namespace toimela::trendcards::handlers {

Parcels::File Parcels::take(const std::string& key, const std::function<File()>& make) {
  if (File found = find(key)) return found;
  const std::unique_lock isOurs(making_, std::try_to_lock);
  if (!isOurs) return nullptr;
  // Somebody else may have had it made meanwhile.
  if (File found = find(key)) return found;
  File file = make();
  keep(key, file);
  return file;
}

Parcels::File Parcels::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(kept_, key, &std::pair<std::string, File>::first);
  if (found == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front().second;
}

void Parcels::keep(const std::string& key, const File& file) {
  const std::lock_guard lock(mutex_);
  if (file->size() > kMostKept) return;
  kept_.emplace_front(key, file);
  size_ += file->size();
  while (size_ > kMostKept) {
    size_ -= kept_.back().second->size();
    kept_.pop_back();
  }
}

}  // namespace toimela::trendcards::handlers
