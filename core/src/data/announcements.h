// Hears what transactions on PostgreSQL announce with NOTIFY.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "data/connection.h"

namespace toimela::data {

/// Lets another thread end a wait.
class WakeUp {
 public:
  WakeUp();
  ~WakeUp();
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  /// From now on every wait ends at once.
  void wake();
  int fd() const { return fd_; }
  /// False when woken before `limit` was over.
  bool sleep(std::chrono::milliseconds limit) const;

 private:
  int fd_;
};

/// A connection of its own that listens to one channel. PostgreSQL delivers an announcement when
/// its transaction has committed, in the order of the commits. Used by one thread at a time.
class Announcements {
 public:
  /// Connects and listens: what is committed after this returns is heard. Throws
  /// DatabaseUnavailable. `channel` is an SQL name.
  Announcements(const Address& address, const std::string& channel);
  ~Announcements();

  /// Waits for announcements and returns their payloads; none after a wake-up. Throws
  /// DatabaseUnavailable when the connection is lost.
  std::vector<std::string> wait(const WakeUp& wakeUp);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::data
