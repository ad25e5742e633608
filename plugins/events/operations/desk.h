// Where registrations queue up: those that come while one commit is on its way to the disk go together
// in the next one.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "operations/places.h"
#include "toimela/group_line.h"
#include "toimela/host.h"

namespace toimela::events::operations {

/// The desk of one process. Other processes have their own: what they share is the database, whose lock
/// on the event makes them take turns.
///
/// Invariant: of each event at most one group is being committed; everybody else waits for it and is
/// in the next one. submit() returns when the caller's registration is durable, never before.
class Desk {
 public:
  /// `most` registrations go in one commit at the most.
  explicit Desk(std::size_t most = 256) : most_(most) {}

  /// Registers in a group with whoever comes at the same time. Throws what registerAll() throws; a
  /// registration that makes its group fail fails alone.
  Outcome submit(Host& host, EventId event, Wish wish);

 private:
  struct Ticket;
  using Line = GroupLine<Ticket>;
  std::shared_ptr<Line> lineOf(EventId event);
  void leave(EventId event, std::shared_ptr<Line> line);
  void serve(Host& host, EventId event, std::span<Ticket* const> group) noexcept;

  const std::size_t most_;
  std::mutex mutex_;
  std::map<EventId, std::shared_ptr<Line>> lines_;
};

}  // namespace toimela::events::operations
