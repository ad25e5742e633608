#include "wire/deadlines.h"

namespace toimela::wire {

Deadlines::Deadlines(Millis now)
    : slots_(std::make_unique<Entry[]>(kSlots)), current_(now / kTick) {
  for (std::uint64_t i = 0; i < kSlots; ++i) slots_[i].next_ = slots_[i].previous_ = &slots_[i];
}

void Deadlines::link(Entry& entry) {
  entry.unlink();
  const std::uint64_t wanted = entry.due_ / kTick + 1;
  entry.tick_ = std::clamp(wanted, current_ + 1, current_ + kSlots - 1);
  Entry& slot = slots_[entry.tick_ % kSlots];
  entry.previous_ = slot.previous_;
  entry.next_ = &slot;
  slot.previous_->next_ = &entry;
  slot.previous_ = &entry;
  earliest_ = std::min(earliest_, entry.tick_);
}

void Deadlines::moveAll(Entry& from, Entry& to) {
  to.next_ = from.next_;
  to.previous_ = from.previous_;
  to.next_->previous_ = &to;
  to.previous_->next_ = &to;
  from.next_ = from.previous_ = &from;
}

void Deadlines::findEarliest() {
  earliest_ = kNever;
  for (std::uint64_t tick = current_ + 1; tick < current_ + kSlots; ++tick) {
    const Entry& slot = slots_[tick % kSlots];
    if (slot.next_ == &slot) continue;
    earliest_ = tick;
    return;
  }
}

int Deadlines::wait(Millis now) const {
  if (earliest_ == kNever) return -1;
  const Millis when = earliest_ * kTick;
  return when > now ? static_cast<int>(when - now) : 0;
}

}  // namespace toimela::wire
