#include "jobs/scheduler.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "jobs/background.h"
#include "jobs/job_store.h"

namespace toimela::jobs {

namespace {

constexpr std::chrono::minutes kShortestLease{10};
/// Jobs of other processes come free without telling us, so look at least this often.
constexpr std::chrono::seconds kLongestSleep{30};
constexpr std::chrono::milliseconds kShortestSleep{200};
constexpr std::size_t kLongestError = 500;

std::string whatWentWrong() {
  try {
    throw;
  } catch (const std::exception& e) {
    return std::string(e.what()).substr(0, kLongestError);
  } catch (...) {
    return "it threw something that is no exception";
  }
}

const data::Author kAuthor{std::nullopt, "core"};

}  // namespace

std::chrono::seconds leaseOf(std::chrono::seconds every) {
  return std::max<std::chrono::seconds>(every * 10, kShortestLease);
}

RunNow runNow(data::Database& database, const Job& job) {
  bool ours = false;
  Instant lease{};
  database.write(kAuthor, [&](WriteTx& tx) {
    addMissing(tx, {job.name});
    lease = tx.time() + leaseOf(job.every);
    ours = claimNow(tx, job.name, tx.time() + job.every, lease);
  });
  if (!ours) return {.isBusy = true, .error = ""};
  std::string error;
  try {
    job.run({});
  } catch (...) {
    error = whatWentWrong();
  }
  database.write(kAuthor, [&](WriteTx& tx) { finish(tx, job.name, lease, error); });
  return {.isBusy = false, .error = std::move(error)};
}

/// Invariant: `running` holds the jobs whose thread has not ended its work; their threads are in
/// `threads` until they are joined.
struct Scheduler::Impl {
  data::Database& database;
  std::vector<Job> jobs;
  std::mutex mutex;
  std::condition_variable changed;
  std::stop_source stopping;
  bool woken = false, registered = false;
  std::set<std::string> running;
  std::map<std::string, std::thread> threads;
  std::thread looker;

  Impl(data::Database& d, std::vector<Job> j) : database(d), jobs(std::move(j)) {}

  void look() {
    while (true) {
      Instant next = now() + kLongestSleep;
      try {
        next = std::min(next, takeDue());
      } catch (const std::exception&) {
        // The database is away; it says so itself where it is asked by somebody. Look again later.
      }
      std::unique_lock lock(mutex);
      const Instant soonest = now() + kShortestSleep;
      changed.wait_until(lock, std::max(next, soonest), [&] { return stopping.stop_requested() || woken; });
      if (stopping.stop_requested()) return;
      woken = false;
    }
  }

  /// Starts what is due; returns when the next job will be.
  Instant takeDue() {
    if (!registered) {
      std::vector<std::string> names;
      for (const Job& job : jobs) names.push_back(job.name);
      database.write(kAuthor, [&](WriteTx& tx) { addMissing(tx, names); });
      registered = true;
    }
    Instant next = Instant::max();
    for (const JobRow& row : database.get([](ReadTx& tx) { return allJobs(tx); })) {
      auto job = std::find_if(jobs.begin(), jobs.end(),
                              [&](const Job& each) { return each.name == row.name; });
      if (job == jobs.end() || isRunning(job->name)) continue;
      if (row.dueAt() <= now()) tryRun(*job);
      else next = std::min(next, row.dueAt());
    }
    return next;
  }

  bool isRunning(const std::string& name) {
    std::lock_guard lock(mutex);
    return running.contains(name);
  }

  void tryRun(const Job& job) {
    bool ours = false;
    Instant lease{};
    database.write(kAuthor, [&](WriteTx& tx) {
      lease = tx.time() + leaseOf(job.every);
      ours = claim(tx, job.name, tx.time() + job.every, lease);
    });
    if (!ours) return;
    std::lock_guard lock(mutex);
    if (auto old = threads.find(job.name); old != threads.end()) {
      old->second.join();  // it has left `running`, so it ends without this mutex
      threads.erase(old);
    }
    threads.emplace(job.name, std::thread([this, &job, lease, stop = stopping.get_token()] { runOne(job, lease, stop); }));
    running.insert(job.name);  // its thread can not end before it has this mutex
  }

  void runOne(const Job& job, Instant lease, const std::stop_token& stop) {
    giveWay();
    std::string error;
    try {
      job.run(stop);
    } catch (...) {
      error = whatWentWrong();
    }
    try {
      database.write(kAuthor, [&](WriteTx& tx) { finish(tx, job.name, lease, error); });
    } catch (const std::exception&) {
      // The lease stays until it runs out, and then the job is taken again.
    }
    std::lock_guard lock(mutex);
    running.erase(job.name);
    woken = true;
    changed.notify_all();
  }
};

Scheduler::Scheduler(data::Database& database, std::vector<Job> jobs)
    : impl_(std::make_unique<Impl>(database, std::move(jobs))) {}

Scheduler::~Scheduler() { stop(); }

void Scheduler::start() {
  if (impl_->looker.joinable()) return;
  impl_->stopping = {};
  impl_->looker = std::thread([this] { impl_->look(); });
}

void Scheduler::stop() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->stopping.request_stop();
  }
  impl_->changed.notify_all();
  if (impl_->looker.joinable()) impl_->looker.join();
  for (auto& [name, thread] : impl_->threads) thread.join();
  impl_->threads.clear();
}

void Scheduler::wake() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->woken = true;
  }
  impl_->changed.notify_all();
}

}  // namespace toimela::jobs
