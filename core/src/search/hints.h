// Words that a search may have meant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace toimela::search {

/// Counts in how many documents words are. Memory is bounded: where there are very many different words, those that
/// came once are forgotten, for what stands in one document of a large archive is a name or a slip more often than
/// what somebody meant.
class Hints {
 public:
  void add(const std::string& word) {
    if (++counts_[word] == 1 && counts_.size() > kMost) forgetRare();
  }
  /// Adds those of another one, and leaves it empty.
  void take(Hints& other);
  const std::unordered_map<std::string, std::uint32_t>& counts() const { return counts_; }

  static constexpr std::size_t kMost = 400'000;

 private:
  void forgetRare();

  std::unordered_map<std::string, std::uint32_t> counts_;
};

}  // namespace toimela::search
