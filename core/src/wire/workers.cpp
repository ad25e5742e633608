#include "wire/workers.h"

#include <chrono>
#include <utility>

namespace toimela::wire {

namespace {

// A source that makes small pieces quickly is called until this much is there, to save a change
// of threads for each; a slow one is not waited for.
constexpr std::size_t kEnoughPiece = 32 * 1024;
constexpr std::chrono::milliseconds kEnoughTime{5};

Piece pull(StreamBody& stream, ConnectionId connection) {
  Piece piece{connection, {}, true, false};
  try {
    const auto end = std::chrono::steady_clock::now() + kEnoughTime;
    std::string next;
    do {
      next.clear();
      piece.more = stream.next(next);
      if (piece.bytes.empty()) {
        piece.bytes.swap(next);
      } else {
        piece.bytes += next;
      }
    } while (piece.more && piece.bytes.size() < kEnoughPiece &&
             std::chrono::steady_clock::now() < end);
  } catch (...) {
    piece.failed = true;
  }
  return piece;
}

}  // namespace

Workers::Workers(int threads, std::size_t queue, Application& application)
    : count_(threads), limit_(queue), application_(application) {}

Workers::~Workers() { stop(); }

void Workers::start() {
  for (int i = 0; i < count_; ++i) threads_.emplace_back([this] { work(); });
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  jobs_.clear();
}

bool Workers::submit(Job& job) {
  {
    const std::lock_guard lock(mutex_);
    if (job.request && jobs_.size() >= limit_) return false;
    jobs_.push_back(std::move(job));
    queued_.store(jobs_.size(), std::memory_order_relaxed);
  }
  wake_.notify_one();
  return true;
}

void Workers::work() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
      queued_.store(jobs_.size(), std::memory_order_relaxed);
    }
    busy_.fetch_add(1, std::memory_order_relaxed);
    perform(job);
    busy_.fetch_sub(1, std::memory_order_relaxed);
  }
}

void Workers::perform(Job& job) {
  if (job.request) {
    job.mailbox->post(
        Handled{job.connection,
                makeAnswer(application_.handle(std::move(*job.request)), job.form, application_)});
  } else {
    job.mailbox->post(pull(*job.stream, job.connection));
  }
}

}  // namespace toimela::wire
