// How other threads reach a loop.
#pragma once

#include <atomic>
#include <cstdint>
#include <latch>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "wire/answer.h"
#include "wire/fd.h"

namespace toimela::wire {

/// Names a connection of one loop; never used again for another one, so that what arrives late
/// finds nobody instead of somebody else.
using ConnectionId = std::uint64_t;

class FreshBatch;

/// A handler has answered.
struct Handled {
  ConnectionId connection;
  Answer answer;
};

/// A stream has made its next piece.
struct Piece {
  ConnectionId connection;
  std::string bytes;
  bool more;
  bool failed;
};

/// The page cache is fresh for these requests.
struct Fresh {
  std::shared_ptr<FreshBatch> batch;
};

struct Published {
  std::string topic;
  std::shared_ptr<const std::string> frame;
};

/// `left` is counted down when the loop does not look at the listener any more.
struct StopAsked {
  std::shared_ptr<std::latch> left;
};

using Message = std::variant<Handled, Piece, Fresh, Published, StopAsked>;

/// A queue of messages with an eventfd that wakes the loop. post() may be called from any thread
/// and at any time, also when the loop has ended: then nobody reads.
class Mailbox {
 public:
  Mailbox();

  void post(Message message);
  /// For the loop's thread: moves what has come to `messages`, which must be empty.
  void take(std::vector<Message>& messages);
  int wakeFd() const { return wake_.get(); }
  /// No more messages are kept.
  void shut();

 private:
  Fd wake_;
  std::mutex mutex_;
  std::vector<Message> messages_;
  bool signalled_ = false;
  bool shut_ = false;
};

/// Requests that wait for one call of Application::freshen().
class FreshBatch : public std::enable_shared_from_this<FreshBatch> {
 public:
  FreshBatch(std::shared_ptr<Mailbox> mailbox, std::vector<ConnectionId> connections)
      : mailbox_(std::move(mailbox)),
        connections_(std::move(connections)),
        loop_(std::this_thread::get_id()) {}

  /// The application's signal. A second one is ignored.
  void ready();

  /// For the loop, around its call of freshen(): true when ready() came inside it.
  void open() { inside_ = true; }
  bool close() {
    inside_ = false;
    return readyInside_;
  }
  /// True for the first caller only, who then answers these requests.
  bool claim() { return !called_.exchange(true); }
  std::vector<ConnectionId>& connections() { return connections_; }

 private:
  std::shared_ptr<Mailbox> mailbox_;
  std::vector<ConnectionId> connections_;
  const std::thread::id loop_;
  std::atomic<bool> called_{false};
  bool inside_ = false;       // touched by the loop's thread only
  bool readyInside_ = false;  // likewise
};

}  // namespace toimela::wire
