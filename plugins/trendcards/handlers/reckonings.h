// What was reckoned of sessions, kept in this process for as long as nothing more is given in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>

#include "domain/reckoning.h"
#include "handlers/lately_made.h"
#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// When a room's result is shown, everybody asks for the same at once: it is read and reckoned by one of
/// them, and the others have what that one got. Used by many threads.
class Reckonings {
 public:
  using Kept = std::shared_ptr<const Reckoning>;

  /// Of the session as it is now, or later; nothing when there is none. Opens transactions of its own.
  Kept of(Host& host, SessionId session);
  /// Where results are printed.
  Prints& prints() { return prints_; }

 private:
  /// A session of 2,000 people is a few megabytes.
  static constexpr std::size_t kMostKept = 8;

  struct Slot {
    SessionId session;
    std::int64_t revision = 0;
    std::shared_future<Kept> kept;
  };
  /// What is kept of this revision or a later one, else `make` to be run by the caller.
  std::shared_future<Kept> find(const Session& session, std::packaged_task<Kept()>& make);
  void forget(SessionId session, std::int64_t revision);

  Prints prints_;
  std::mutex mutex_;
  std::list<Slot> slots_;  ///< what was asked for last comes first
};

/// A route's handler that has the reckonings.
template <class F>
auto reckoningWith(std::shared_ptr<Reckonings> reckonings, F handler) {
  return [reckonings = std::move(reckonings), handler](const Request& request, Host& host) {
    return handler(request, host, *reckonings);
  };
}

}  // namespace toimela::trendcards::handlers
