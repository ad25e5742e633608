#include "wire/server.h"

#include <algorithm>
#include <latch>
#include <mutex>
#include <thread>

#include "wire/listener.h"
#include "wire/loop.h"
#include "wire/workers.h"

namespace toimela::wire {

/// Lifetimes: loops outlive the workers' threads, which post to their mailboxes, and the workers
/// object outlives the loops' threads, which submit to it.
class Server::Impl {
 public:
  Impl(Options options, Application& application)
      : options_(std::move(options)),
        application_(application),
        listener_(options_.listen, options_.reusePort),
        workers_(std::max(options_.workers, 1), options_.queue, application) {
    if (options_.tls) tls_ = std::make_unique<TlsContext>(*options_.tls);
    const auto loops = static_cast<std::size_t>(std::max(options_.loops, 1));
    const std::size_t connections = std::max<std::size_t>(options_.maxConnections / loops, 1);
    for (std::size_t i = 0; i < loops; ++i) {
      loops_.push_back(std::make_unique<Loop>(options_, connections, application_, workers_,
                                              tls_.get(), listener_.fd()));
    }
  }

  ~Impl() { stop(); }

  void start() {
    const std::lock_guard lock(mutex_);
    if (started_) return;
    started_ = true;
    workers_.start();
    for (const auto& loop : loops_) threads_.emplace_back([&loop = *loop] { loop.run(); });
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    if (threads_.empty()) return;
    const auto left = std::make_shared<std::latch>(static_cast<std::ptrdiff_t>(loops_.size()));
    for (const auto& loop : loops_) loop->mailbox()->post(StopAsked{left});
    // Closed now and not after the drain: who comes from here on belongs to a successor.
    left->wait();
    listener_.close();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    workers_.stop();
  }

  int port() const { return listener_.port(); }

  Counters counters() const {
    Counters sum;
    for (const auto& loop : loops_) {
      const LoopCounters& counters = loop->counters();
      sum.connections += counters.connections.get();
      sum.accepted += counters.accepted.get();
      sum.requests += counters.requests.get();
      sum.refused += counters.refused.get();
      sum.cacheHits += counters.cacheHits.get();
      sum.eventStreams += counters.eventStreams.get();
    }
    sum.queued = workers_.queued();
    sum.busy = workers_.busy();
    return sum;
  }

  void reloadTls() {
    if (tls_) tls_->reload();
  }

  void publish(std::string_view topic, const std::shared_ptr<const std::string>& frame) {
    for (const auto& loop : loops_) loop->mailbox()->post(Published{std::string(topic), frame});
  }

 private:
  const Options options_;
  Application& application_;
  Listener listener_;
  std::unique_ptr<TlsContext> tls_;
  Workers workers_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  bool started_ = false;
};

Server::Server(Options options, Application& application)
    : impl_(std::make_unique<Impl>(std::move(options), application)) {}

Server::~Server() = default;

void Server::start() { impl_->start(); }
void Server::stop() { impl_->stop(); }
int Server::port() const { return impl_->port(); }
void Server::reloadTls() { impl_->reloadTls(); }
Counters Server::counters() const { return impl_->counters(); }

void Server::publish(std::string_view topic, std::shared_ptr<const std::string> frame) {
  impl_->publish(topic, frame);
}

}  // namespace toimela::wire
