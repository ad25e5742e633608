#include "data/turns.h"

namespace toimela::data {

bool Turns::wait(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  if (!taken_) {
    taken_ = true;
    return true;
  }
  Waiter self;
  const auto place = waiting_.insert(waiting_.end(), &self);
  if (self.called.wait_for(lock, limit, [&] { return self.hasTurn; })) return true;
  waiting_.erase(place);
  return false;
}

std::size_t Turns::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void Turns::giveBack() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) {
    taken_ = false;
    return;
  }
  Waiter& next = *waiting_.front();
  waiting_.pop_front();
  next.hasTurn = true;
  next.called.notify_one();  // under the lock: the waiter lives on the stack of who is called
}

}  // namespace toimela::data
