// When each connection must have got on, for tens of thousands of them at next to no cost.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace toimela::wire {

using Millis = std::uint64_t;  ///< on the steady clock
constexpr Millis kNever = ~Millis{0};

/// A timer wheel that is put right lazily: moving a deadline later, which every request does, is
/// one store; the entry is found at its old place, seen not to be due, and put back. Only moving
/// it earlier costs a relink.
///
/// Invariant: a linked entry lies in a slot that is looked at no later than its `due` (rounded up
/// to a tick), or at the wheel's horizon if that is nearer.
class Deadlines {
 public:
  class Entry {
   public:
    Entry() = default;
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    ~Entry() { unlink(); }
    Millis due() const { return due_; }

   private:
    friend class Deadlines;
    bool linked() const { return next_ != nullptr; }
    void unlink() {
      if (!linked()) return;
      next_->previous_ = previous_;
      previous_->next_ = next_;
      next_ = previous_ = nullptr;
    }
    Entry* next_ = nullptr;
    Entry* previous_ = nullptr;
    Millis due_ = kNever;
    std::uint64_t tick_ = 0;
  };

  explicit Deadlines(Millis now);

  /// kNever takes the deadline away.
  void set(Entry& entry, Millis due) {
    entry.due_ = due;
    if (due == kNever || (entry.linked() && entry.tick_ * kTick <= due)) return;
    link(entry);
  }

  /// Calls `late(entry)` for every entry whose time has come; its deadline is kNever by then.
  template <typename Late>
  void expire(Millis now, Late&& late) {
    const std::uint64_t end = now / kTick;
    if (end < earliest_) {
      current_ = std::max(current_, end);
      return;
    }
    if (end > current_ + kSlots) current_ = end - kSlots;
    while (current_ < end) {
      ++current_;
      Entry& slot = slots_[current_ % kSlots];
      if (slot.next_ == &slot) continue;
      Entry batch;
      moveAll(slot, batch);
      while (batch.next_ != &batch) {
        Entry& entry = *batch.next_;
        entry.unlink();
        if (entry.due_ == kNever) continue;
        if (entry.due_ > now) {
          link(entry);
        } else {
          entry.due_ = kNever;
          late(entry);
        }
      }
    }
    findEarliest();
  }

  /// Milliseconds from `now` until expire() has something to look at; -1 for never.
  int wait(Millis now) const;

 private:
  static constexpr Millis kTick = 16;
  static constexpr std::uint64_t kSlots = 2048;

  void link(Entry& entry);
  void findEarliest();
  static void moveAll(Entry& from, Entry& to);

  std::unique_ptr<Entry[]> slots_;
  std::uint64_t current_;            ///< the last tick that was looked at
  std::uint64_t earliest_ = kNever;  ///< no slot before this one has an entry
};

}  // namespace toimela::wire
