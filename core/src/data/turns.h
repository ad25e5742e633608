// Writers of SQLite wait for each other here.
#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>

namespace toimela::data {

/// One at a time, in the order of arrival. A turn that is given back goes to the one who has waited
/// longest, so nobody who came later can overtake. Thread-safe.
class Turns {
 public:
  /// Waits for the turn; false when it did not come within `limit`.
  bool wait(std::chrono::milliseconds limit);
  /// Gives the turn to the next.
  void giveBack();
  /// How many wait for the turn now.
  std::size_t waiting() const;

 private:
  struct Waiter {
    std::condition_variable called;
    bool hasTurn = false;
  };

  mutable std::mutex mutex_;
  std::list<Waiter*> waiting_;
  bool taken_ = false;
};

/// Holds a turn, once it has come.
class Turn {
 public:
  Turn() = default;
  ~Turn() {
    if (turns_) turns_->giveBack();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool wait(Turns& turns, std::chrono::milliseconds limit) {
    if (!turns.wait(limit)) return false;
    turns_ = &turns;
    return true;
  }

 private:
  Turns* turns_ = nullptr;
};

}  // namespace toimela::data
