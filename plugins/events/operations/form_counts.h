// Counting what becomes of forms, without a commit for each.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <tuple>

#include "domain/form_count.h"
#include "domain/ids.h"
#include "toimela/host.h"

namespace toimela::events::operations {

/// The counts of one process that are not written yet. They go to the database together, at most once in
/// `pause`, with whoever comes then; what a process had when it died is not counted. Nothing in them is
/// about a person: a form says itself what its last answer was.
class FormCounts {
 public:
  explicit FormCounts(std::chrono::seconds pause = std::chrono::seconds(30)) : pause_(pause) {}

  /// A form was shown for the first time.
  void begun(Host& host, EventId event);
  /// A form was sent: it has left where it was, `before`, and is now at `step`.
  void moved(Host& host, EventId event, std::optional<FormStep> before, FormStep step);
  /// Writes what there is.
  void flush(Host& host);

 private:
  using Key = std::tuple<EventId, Date, FormStep>;
  void add(EventId event, FormStep step, std::int64_t number);
  void flushInTime(Host& host);

  const std::chrono::seconds pause_;
  std::mutex mutex_;
  std::map<Key, std::int64_t> counts_;
  Instant flushedAt_{};
};

}  // namespace toimela::events::operations
