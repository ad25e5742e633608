#include "data/generation.h"

#include <condition_variable>
#include <thread>

#include "data/connection.h"

namespace toimela::data {

namespace {
constexpr Sql kGenerations{"core.generation.all",
                           "SELECT component, CAST(SUM(value) AS BIGINT) FROM core_generation GROUP BY component"};
}

Generations readGenerations(ReadTx& tx) {
  Generations generations;
  tx.each(kGenerations, [&](std::string component, std::int64_t value) {
    generations.total += value;
    generations.of.emplace(std::move(component), value);
  });
  return generations;
}

class GenerationWatch::Impl {
 public:
  explicit Impl(Database& d) : database(d) {
    if (database.dialect() == Dialect::postgresql) thread = std::thread([this] { serve(); });
  }
  ~Impl() {
    {
      std::lock_guard lock(mutex);
      stopping = true;
    }
    asked.notify_all();
    if (thread.joinable()) thread.join();
  }

  void load() noexcept {
    try {
      auto fresh = std::make_shared<const Generations>(
          database.get([](ReadTx& tx) { return readGenerations(tx); }));
      current.store(std::move(fresh));
    } catch (...) {
      current.store(nullptr);  // unknown: nothing is answered from the cache
    }
  }

  void freshenSqlite() noexcept {
    std::lock_guard lock(mutex);
    try {
      if (!probe) probe = std::make_unique<Connection>(probeAddress);
      std::int64_t seen = probe->dataVersion();
      if (seen == version && current.load()) return;
      version = seen;
      load();
    } catch (...) {
      probe.reset();
      current.store(nullptr);
    }
  }

  void serve() {
    std::unique_lock lock(mutex);
    while (true) {
      asked.wait(lock, [&] { return stopping || !waiting.empty(); });
      if (stopping) return;
      auto batch = std::move(waiting);
      waiting.clear();
      lock.unlock();
      load();
      for (auto& ready : batch) ready();
      lock.lock();
    }
  }

  Database& database;
  Address probeAddress;
  std::unique_ptr<Connection> probe;
  std::int64_t version = -1;
  std::atomic<std::shared_ptr<const Generations>> current;
  std::mutex mutex;
  std::condition_variable asked;
  std::vector<std::function<void()>> waiting;
  bool stopping = false;
  std::thread thread;
};

GenerationWatch::GenerationWatch(Database& database) : impl_(std::make_unique<Impl>(database)) {
  impl_->probeAddress = database.address();
}
GenerationWatch::~GenerationWatch() = default;

void GenerationWatch::freshen(std::function<void()> ready) {
  if (impl_->database.dialect() == Dialect::sqlite) {
    impl_->freshenSqlite();
    ready();
    return;
  }
  {
    std::lock_guard lock(impl_->mutex);
    impl_->waiting.push_back(std::move(ready));
  }
  impl_->asked.notify_one();
}

std::shared_ptr<const Generations> GenerationWatch::current() const { return impl_->current.load(); }

}  // namespace toimela::data
