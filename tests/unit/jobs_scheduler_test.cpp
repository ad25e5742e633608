#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>

#include "databases.h"
#include "jobs/job_store.h"
#include "jobs/scheduler.h"

using namespace toimela;
using namespace toimela::jobs;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

/// Counts runs, and lets a test wait for them.
class Tally {
 public:
  void count() {
    std::lock_guard lock(mutex_);
    ++runs_;
    changed_.notify_all();
  }
  /// False when it does not come to so many within a time that no sound run needs.
  bool waitFor(int runs) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return runs_ >= runs; });
  }
  int runs() const {
    std::lock_guard lock(mutex_);
    return runs_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int runs_ = 0;
};

JobRow rowOf(data::Database& database, const std::string& name) {
  for (const JobRow& row : database.get([](ReadTx& tx) { return allJobs(tx); }))
    if (row.name == name) return row;
  throw std::runtime_error("no such job");
}

constexpr Sql kDue{"test.job.due", "UPDATE core_job SET next_run_at = 0"};

}  // namespace

TEST_CASE("a due job can be taken once, and again when its time or its lease is over") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    auto database = testing::openMigrated(fresh);
    database->write({}, [](WriteTx& tx) {
      addMissing(tx, {"a.job"});
      addMissing(tx, {"a.job", "another.job"});
    });
    auto take = [&](minutes next, minutes lease) {
      bool taken = false;
      database->write({}, [&](WriteTx& tx) {
        taken = claim(tx, "a.job", tx.time() + next, tx.time() + lease);
      });
      return taken;
    };
    CHECK(take(minutes(-1), minutes(10)));  // due again at once, but leased
    CHECK_FALSE(take(minutes(-1), minutes(10)));
    const Instant lease = rowOf(*database, "a.job").leasedUntil;
    database->write({}, [&](WriteTx& tx) { finish(tx, "a.job", lease, ""); });
    CHECK(take(minutes(5), minutes(-1)));  // a lease that has run out, but not due
    CHECK_FALSE(take(minutes(5), minutes(10)));
    database->write({}, [](WriteTx& tx) {
      tx.run(kDue);
      tx.unaudited("a test");
    });
    CHECK(take(minutes(5), minutes(10)));
    CHECK(rowOf(*database, "another.job").nextRunAt == Instant{});
  }
}

TEST_CASE("who comes back after the lease ran out takes nothing from the next") {
  auto database = testing::openMigrated(testing::databases().front());
  const Instant late = now() - minutes(1), current = now() + minutes(10);
  database->write({}, [&](WriteTx& tx) {
    addMissing(tx, {"a.job"});
    CHECK(claim(tx, "a.job", late, late));
    CHECK(claim(tx, "a.job", current, current));
    finish(tx, "a.job", late, "too late");
  });
  CHECK(rowOf(*database, "a.job").leasedUntil ==
        std::chrono::floor<std::chrono::milliseconds>(current));
  CHECK(rowOf(*database, "a.job").lastError.empty());
}

TEST_CASE("two processes run each due job once between them") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    auto database = testing::openMigrated(fresh);
    auto second =
        std::make_unique<data::Database>(data::Options{.url = fresh.url, .connections = 8});
    constexpr int kJobs = 12;
    std::vector<std::atomic<int>> runs(kJobs);
    Tally tally;
    std::vector<Job> jobs;
    for (int i = 0; i < kJobs; ++i)
      jobs.push_back({"test.job" + std::to_string(i), hours(1), [&runs, &tally, i](const std::stop_token&) {
                        ++runs[i];
                        tally.count();
                      }});
    Scheduler one(*database, jobs), other(*second, jobs);
    one.start();
    other.start();
    REQUIRE(tally.waitFor(kJobs));
    one.wake();
    other.wake();
    one.stop();
    other.stop();
    for (int i = 0; i < kJobs; ++i) CHECK(runs[i] == 1);
  }
}

TEST_CASE("a job that throws says so in its row and runs again when it is due") {
  auto database = testing::openMigrated(testing::databases().front());
  Tally failing;
  Scheduler scheduler(*database, {{"test.failing", hours(1), [&](const std::stop_token&) {
                                     failing.count();
                                     throw std::runtime_error("the cellar is flooded");
                                   }}});
  scheduler.start();
  REQUIRE(failing.waitFor(1));
  scheduler.stop();
  CHECK(rowOf(*database, "test.failing").lastError == "the cellar is flooded");
  CHECK(rowOf(*database, "test.failing").leasedUntil == Instant{});

  database->write({}, [](WriteTx& tx) {
    tx.run(kDue);
    tx.unaudited("a test");
  });
  scheduler.start();
  CHECK(failing.waitFor(2));
}

TEST_CASE("a job that hangs keeps no other job from running") {
  auto database = testing::openMigrated(testing::databases().front());
  Tally other;
  std::mutex mutex;
  std::condition_variable released;
  bool release = false;
  Tally hanging;
  Scheduler scheduler(*database, {{"test.hanging", std::chrono::seconds(1),
                                   [&](const std::stop_token&) {
                                     hanging.count();
                                     std::unique_lock lock(mutex);
                                     released.wait(lock, [&] { return release; });
                                   }},
                                  {"test.other", std::chrono::seconds(1), [&](const std::stop_token&) { other.count(); }}});
  scheduler.start();
  REQUIRE(hanging.waitFor(1));
  CHECK(other.waitFor(2));
  CHECK(hanging.runs() == 1);  // never twice at once
  {
    std::lock_guard lock(mutex);
    release = true;
  }
  released.notify_all();
  scheduler.stop();
}

TEST_CASE("who stops the scheduler asks the jobs that are running to stop, and one that is started again works") {
  auto database = testing::openMigrated(testing::databases().front());
  Tally begun;
  std::atomic<int> ended = 0;
  // A second run finds that nobody has asked yet.
  Scheduler scheduler(*database, {{"test.long", std::chrono::seconds(1), [&](const std::stop_token& stop) {
                                     begun.count();
                                     std::mutex mutex;
                                     std::unique_lock lock(mutex);
                                     std::condition_variable_any().wait(lock, stop, [] { return false; });
                                     ++ended;
                                   }}});
  for (int round = 1; round <= 2; ++round) {
    scheduler.start();
    REQUIRE(begun.waitFor(round));
    CHECK(ended == round - 1);
    scheduler.stop();
    CHECK(ended == round);
  }
}

TEST_CASE("a lease is ten intervals long and at least ten minutes") {
  CHECK(leaseOf(std::chrono::seconds(5)) == minutes(10));
  CHECK(leaseOf(minutes(1)) == minutes(10));
  CHECK(leaseOf(hours(1)) == hours(10));
}

TEST_CASE("a job runs out of turn when it is asked to, unless it is running already") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    auto database = testing::openMigrated(fresh);
    int runs = 0;
    RunNow within;
    Job job{"a.job", hours(24), [](const std::stop_token&) {}};
    job.run = [&](const std::stop_token&) {
      ++runs;
      within = runNow(*database, job);
    };
    CHECK(runNow(*database, job).error.empty());
    CHECK(runs == 1);
    CHECK(within.isBusy);
    CHECK(rowOf(*database, "a.job").nextRunAt > now() + hours(23));

    job.run = [](const std::stop_token&) { throw std::runtime_error("the printer is on fire"); };
    const RunNow failed = runNow(*database, job);
    CHECK_FALSE(failed.isBusy);
    CHECK(failed.error == "the printer is on fire");
    CHECK(rowOf(*database, "a.job").lastError == "the printer is on fire");
  }
}
