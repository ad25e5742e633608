// Decks that were packed to be taken along.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "toimela/http.h"

namespace toimela::trendcards::handlers {

/// One deck is packed at a time, and what was asked for lately is kept on disk. Used by many threads.
class Parcels {
 public:
  using File = std::shared_ptr<const SpooledFile>;

  /// The file of `key`, made if it is not there; nothing while another one is made: nobody waits for that.
  File take(const std::string& key, const std::function<File()>& make);

 private:
  static constexpr std::uint64_t kMostKept = 256 * 1024 * 1024;  ///< bytes

  File find(const std::string& key);
  void keep(const std::string& key, const File& file);

  std::mutex making_, mutex_;
  std::list<std::pair<std::string, File>> kept_;  ///< what was asked for last comes first
  std::uint64_t size_ = 0;
};

}  // namespace toimela::trendcards::handlers
