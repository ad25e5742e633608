// The threads that run handlers.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "wire/mailbox.h"
#include "wire/server.h"

namespace toimela::wire {

/// Either a request to be handled or a stream to be pulled once; the result goes to `mailbox`.
struct Job {
  Mailbox* mailbox = nullptr;
  ConnectionId connection = 0;
  AnswerForm form;
  std::unique_ptr<WireRequest> request;
  std::shared_ptr<StreamBody> stream;
};

/// A bounded queue and a fixed number of threads. Streams that already run are let in over the
/// bound: they are as many as there are connections at most, and refusing one would break a
/// response that has begun.
class Workers {
 public:
  Workers(int threads, std::size_t queue, Application& application);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void start();
  /// Drops what is queued and waits for what runs.
  void stop();

  /// False, with `job` untouched, when the queue is full.
  bool submit(Job& job);

  std::size_t queued() const { return queued_.load(std::memory_order_relaxed); }
  std::size_t busy() const { return busy_.load(std::memory_order_relaxed); }

 private:
  void work();
  void perform(Job& job);

  const int count_;
  const std::size_t limit_;
  Application& application_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::atomic<std::size_t> queued_{0};
  std::atomic<std::size_t> busy_{0};
  std::vector<std::thread> threads_;
};

}  // namespace toimela::wire
