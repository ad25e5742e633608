#include "operations/form_counts.h"

#include "store/form_counts.h"
#include "toimela/bookkeeping.h"

namespace toimela::events::operations {

void FormCounts::begun(Host& host, EventId event) {
  add(event, FormStep::begun, 1);
  flushInTime(host);
}

void FormCounts::moved(Host& host, EventId event, std::optional<FormStep> before, FormStep step) {
  if (before && isTrouble(*before)) add(event, *before, -1);
  add(event, step, 1);
  flushInTime(host);
}

void FormCounts::add(EventId event, FormStep step, std::int64_t number) {
  const std::lock_guard lock(mutex_);
  counts_[{event, Date::today(), step}] += number;
}

void FormCounts::flushInTime(Host& host) {
  {
    const std::lock_guard lock(mutex_);
    if (now() - flushedAt_ < pause_) return;
    flushedAt_ = now();
  }
  flush(host);
}

void FormCounts::flush(Host& host) {
  std::map<Key, std::int64_t> counts;
  {
    const std::lock_guard lock(mutex_);
    counts.swap(counts_);
  }
  if (counts.empty()) return;
  try {
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      for (const auto& [key, number] : counts)
        store::addToCount(tx, std::get<EventId>(key), std::get<Date>(key), std::get<FormStep>(key), number);
      bookkeeping(tx, "figures that are about nobody");
    });
  } catch (const DatabaseUnavailable&) {
    // Whoever registers must not fail because of a figure: it is written with the next ones.
    const std::lock_guard lock(mutex_);
    for (const auto& [key, number] : counts) counts_[key] += number;
  }
}

}  // namespace toimela::events::operations
