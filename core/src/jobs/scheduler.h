// Scheduled jobs: due times and leases stand in the database, so each run happens in one process.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "data/database.h"

namespace toimela::jobs {

struct Job {
  std::string name;                 ///< "contacts.digest"
  std::chrono::seconds every;
  /// An exception is kept as the job's last error. What can last leaves the rest for its next run when it
  /// is asked to stop: the process ends only after it.
  std::function<void(const std::stop_token&)> run;
};

/// How long a run may take before another process may take the job.
std::chrono::seconds leaseOf(std::chrono::seconds every);

/// What became of a job that was run out of turn; `error` is empty when all went well.
struct RunNow {
  bool isBusy = false;  ///< it is running already, here or in another process
  std::string error;
};
/// Runs a job now, due or not, in this thread. The next run is one interval away.
RunNow runNow(data::Database& database, const Job& job);

/// One thread that looks for what is due, and one for each job that is running: a job that throws
/// or hangs harms only itself. Its lease runs out after ten times its interval (at least ten
/// minutes) and another process may take it. A job never runs twice at once in one process.
class Scheduler {
 public:
  Scheduler(data::Database& database, std::vector<Job> jobs);
  ~Scheduler();
  void start();
  /// Takes no more jobs, asks those that are running to stop and waits for them.
  void stop();
  /// Looks for due jobs now instead of at the next tick.
  void wake();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::jobs
