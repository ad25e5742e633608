// Which downloads count: those of people, once.
//
// After COUNTER's Code of Practice 5, section 7: requests of robots do not count, and of two requests of one
// reader for one file within 30 seconds only one does. Who the reader was is known as a keyed mark, in memory,
// for those 30 seconds.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "domain/ids.h"

namespace toimela::publications {

inline constexpr std::chrono::seconds kDoubleClick{30};

/// By what a program says of itself; one that says nothing is none that people read with.
bool isRobot(std::string_view userAgent);

/// Part of a file that was begun before, or anything but its beginning: players and resumed downloads ask for
/// one file in many pieces. `range` is the request's Range field.
bool isContinuation(std::string_view range);

/// Remembers who asked for what within the last 30 seconds. For one thread at a time.
class RecentClicks {
 public:
  /// True when the click counts. A click that does not count starts the 30 seconds anew.
  bool counts(const std::string& reader, PartId part, Instant at);
  std::size_t size() const { return last_.size(); }

 private:
  std::map<std::pair<PartId, std::string>, Instant> last_;
  Instant swept_{};
};

}  // namespace toimela::publications
