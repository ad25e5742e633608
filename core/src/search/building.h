// An index of everything that there is.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "search/documents.h"
#include "search/hints.h"

namespace toimela::search {

/// Makes parts of bounded size side by side and puts them together in the end: what is added to a part costs the
/// same however much there is, which it would not in one index that grows.
///
/// Documents are numbered from the oldest to the newest, so that what is of one year lies together and lists are
/// entered there instead of being read from their beginning. For that everything is read twice: for its date and for
/// its words. The order does not depend on who was quicker.
class Building {
 public:
  /// `folder` is for the parts; it is made, and gone with this object.
  Building(Documents& documents, const Sources& sources, std::filesystem::path folder);
  ~Building();

  /// Reads everything, unless `stopping` is set on the way. Throws what reading or writing throws.
  void run(const std::atomic<bool>& stopping, const std::function<void(std::int64_t things)>& progress);
  /// All of it as one index in `into`, which is not there yet. The words for hints are not in it.
  void join(const std::filesystem::path& into) const;
  /// Those of everything, once run() has come to its end.
  const Hints& hints() const { return hints_; }

 private:
  using Batch = std::pair<const Source*, std::vector<std::int64_t>>;
  struct Thing {
    std::optional<Date> date;  ///< of the newest of its documents; nothing comes first
    std::size_t source;
    std::int64_t id;
    auto operator<=>(const Thing&) const = default;
  };

  void sideBySide(const std::function<void()>& work);
  void takeDates(const std::atomic<bool>& stopping);
  void work(const std::atomic<bool>& stopping, const std::function<void(std::int64_t)>& progress);
  /// The next ids of one source and its number, as they are listed; nothing when that was all.
  std::pair<std::size_t, std::vector<std::int64_t>> listed();
  /// What the next part is made of; nothing when all is taken.
  std::vector<Batch> next();
  std::filesystem::path partPath(std::size_t number) const;
  void count(std::int64_t things, const std::function<void(std::int64_t)>& progress);

  Documents& documents_;
  const Sources& sources_;
  std::filesystem::path folder_;
  std::atomic<bool> hasFailed_{false};

  std::mutex mutex_;         // for all below
  std::size_t source_ = 0;   // the one that is listed
  std::int64_t after_ = 0;   // the last of its things that was listed
  std::vector<Thing> all_;
  std::size_t taken_ = 0;    // so many of them
  std::size_t parts_ = 0;
  std::int64_t things_ = 0;  // that are in the parts
  Hints hints_;
};

}  // namespace toimela::search
