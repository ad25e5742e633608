#include "search/hints.h"

#include <utility>

namespace toimela::search {

void Hints::take(Hints& other) {
  if (counts_.empty()) std::swap(counts_, other.counts_);
  for (const auto& [word, count] : other.counts_) counts_[word] += count;
  other.counts_.clear();
  if (counts_.size() > kMost) forgetRare();
}

void Hints::forgetRare() {
  for (std::uint32_t rarest = 1; counts_.size() > kMost / 2; ++rarest)
    std::erase_if(counts_, [&](const auto& counted) { return counted.second <= rarest; });
}

}  // namespace toimela::search
