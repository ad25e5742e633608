// Writers of several processes on one SQLite file stand in line here.
#pragma once

#include <chrono>
#include <string>

namespace toimela::data {

/// SQLite has no queue: whoever asks at the right moment gets the lock, and a process whose own writers
/// follow each other without a pause leaves the others no such moment. So each goes through a gate that
/// only one process can stand in: it asks for SQLite's lock from there and steps out once it has it.
/// Then the next one stands in the gate before the writer who just finished can.
///
/// The gate is an advisory lock (flock) on the folder of the file. It is a courtesy and no safeguard:
/// where it can not be had, SQLite's own lock decides as ever. For one thread at a time.
class Gate {
 public:
  explicit Gate(const std::string& databaseFile);
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  using Clock = std::chrono::steady_clock;
  /// False when another process stood in it until then.
  bool enter(Clock::time_point until);
  void leave();

 private:
  int folder_ = -1;
};

/// Stands in the gate until it is told that that is enough, or goes.
class InGate {
 public:
  explicit InGate(Gate& gate) : gate_(&gate) {}
  ~InGate() { leave(); }
  InGate(const InGate&) = delete;
  InGate& operator=(const InGate&) = delete;
  void leave() {
    if (gate_) gate_->leave();
    gate_ = nullptr;
  }

 private:
  Gate* gate_;
};

}  // namespace toimela::data
