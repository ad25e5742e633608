// The event loop: waits for sockets, deadlines and messages, and hands them to connections.
#pragma once

#include <atomic>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "wire/buffer.h"
#include "wire/connection.h"
#include "wire/deadlines.h"
#include "wire/mailbox.h"
#include "wire/server.h"
#include "wire/tls.h"
#include "wire/workers.h"

namespace toimela::wire {

/// Counted by the loop's thread, read by any.
struct LoopCounters {
  class Count {
   public:
    void add(std::uint64_t n = 1) { value_.store(get() + n, std::memory_order_relaxed); }
    void subtract(std::uint64_t n = 1) { value_.store(get() - n, std::memory_order_relaxed); }
    std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

   private:
    std::atomic<std::uint64_t> value_{0};
  };
  Count connections, accepted, requests, refused, cacheHits, eventStreams;
};

/// Owns its connections; everything of it but mailbox() and counters() belongs to the thread that
/// is in run().
///
/// Invariant: a connection that is closed during a round stays in memory until the round ends, so
/// that nobody on the stack loses it.
class Loop {
 public:
  /// `listener` must outlive the loop and may be shared with other loops.
  Loop(const Options& options, std::size_t maxConnections, Application& application,
       Workers& workers, const TlsContext* tls, int listener);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Returns when StopAsked has come and all connections have ended or the drain time is over.
  void run();

  const std::shared_ptr<Mailbox>& mailbox() const { return mailbox_; }
  const LoopCounters& counters() const { return counters_; }

  // For its connections.
  const Options& options() const { return options_; }
  Application& application() { return application_; }
  LoopCounters& count() { return counters_; }
  Deadlines& deadlines() { return deadlines_; }
  BlockPool& blocks() { return blocks_; }
  std::vector<char>& scratch() { return scratch_; }
  std::vector<char>& recordScratch() { return recordScratch_; }
  Millis now() const { return now_; }
  bool draining() const { return draining_; }
  /// Status line, Date and, when `closing`, Connection; valid until the next call.
  std::string_view prefix(int status, bool closing);
  std::unique_ptr<Head> takeHead();
  void giveHead(std::unique_ptr<Head> head);
  void wantFresh(const Connection& connection) { waiting_.push_back(connection.id()); }
  void giveTurn(Connection& connection);
  /// A connection has become idle: if clients are kept waiting for room, it can be closed for one.
  void noteIdle() {
    if (!listening_) resumeListening();
  }
  bool submit(Job& job);
  /// Of a reader with as many streams as one may have, the oldest ends for the new one.
  bool hasRoomForStream(const std::string& reader);
  void subscribe(Connection& connection);
  void unsubscribe(Connection& connection);
  void release(Connection& connection);

 private:
  struct Slot {
    std::unique_ptr<Connection> connection;
    std::uint32_t generation = 0;
  };

  void updateClock();
  void acceptAll(std::size_t most);
  void admit(Fd socket, std::string peer);
  Connection* longestIdle();
  void armListener();
  void resumeListening();
  void disarmListener();
  void readMail();
  void onMessage(Message& message);
  void askForFreshness();
  void answerFresh(FreshBatch& batch, bool cacheUsable);
  void giveTurns();
  void beginDrain();
  Connection* find(ConnectionId id);
  template <typename Call>
  void guarded(Connection& connection, Call&& call);

  const Options& options_;
  const std::size_t maxConnections_;
  Application& application_;
  Workers& workers_;
  const TlsContext* tls_;
  const int listener_;
  Fd epoll_;
  std::shared_ptr<Mailbox> mailbox_;
  LoopCounters counters_;
  Millis now_;
  Deadlines deadlines_;
  Deadlines::Entry listenerPause_;
  BlockPool blocks_;
  std::vector<char> scratch_;
  std::vector<char> recordScratch_;
  std::vector<std::unique_ptr<Head>> heads_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> freeSlots_;
  std::vector<std::unique_ptr<Connection>> graveyard_;
  std::vector<ConnectionId> waiting_;
  std::vector<ConnectionId> spareWaiting_;
  std::vector<ConnectionId> turns_;
  std::vector<ConnectionId> currentTurns_;
  std::vector<Message> mail_;
  std::unordered_map<std::string, std::vector<Connection*>> topics_;
  std::unordered_map<std::string, std::vector<Connection*>> readers_;  ///< of streams, oldest first
  std::size_t evictionHand_ = 0;
  bool listening_ = false;
  bool draining_ = false;
  Millis drainEnd_ = kNever;
  std::time_t second_ = 0;
  std::string date_;  ///< "Date: …\r\n"
  std::string okPrefix_;
  std::string okClosePrefix_;
  std::string otherPrefix_;
};

}  // namespace toimela::wire
