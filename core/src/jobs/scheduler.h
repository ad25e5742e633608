// Scheduled jobs: due times and leases stand in the database, so each run happens in one process.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "data/database.h"

namespace toimela::jobs {

struct Job {
  std::string name;                 ///< "contacts.digest"
  std::chrono::seconds every;
  std::function<void()> run;        ///< an exception is kept as the job's last error
};

/// One thread that runs what is due. A job that throws or hangs harms only itself: its lease runs
/// out after ten times its interval (at least ten minutes) and another process may take it.
class Scheduler {
 public:
  Scheduler(data::Database& database, std::vector<Job> jobs);
  ~Scheduler();
  void start();
  void stop();
  /// Looks for due jobs now instead of at the next tick.
  void wake();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::jobs
