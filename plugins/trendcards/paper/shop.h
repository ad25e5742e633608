// Where decks are printed: so many at once, and what was asked for lately is kept.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <utility>

namespace toimela::trendcards::paper {

/// A published edition never changes, so a file that was made of it is right for ever. Used by many threads.
class Shop {
 public:
  using File = std::shared_ptr<const std::string>;

  /// The file of `key`, made if it is not there; an empty one is not kept. Nothing when others print for as
  /// long as `patience`, or somebody waits for them already: whoever asks must come again. One who waits holds
  /// a worker, so that a crowd at the printer must not wait.
  File take(const std::string& key, const std::function<std::string()>& make,
            std::chrono::milliseconds patience = std::chrono::seconds(5));

 private:
  /// A deck takes about a second of one processor; more at once would leave none for readers of pages.
  static constexpr int kAtOnce = 1;
  static constexpr std::size_t kMostKept = 48 * 1024 * 1024;  ///< bytes

  File find(const std::string& key);
  void keep(const std::string& key, const File& file);

  std::counting_semaphore<kAtOnce> places_{kAtOnce};
  std::atomic_flag isAwaited_;
  std::mutex mutex_;
  std::list<std::pair<std::string, File>> kept_;  ///< what was asked for last comes first
  std::size_t size_ = 0;
};

}  // namespace toimela::trendcards::paper
