// Due times and leases of the scheduled jobs: the only place with SQL on core_job.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/data.h"

namespace toimela::jobs {

struct JobRow {
  std::string name;
  Instant nextRunAt{}, leasedUntil{};
  std::optional<Instant> lastRunAt;
  std::string lastError;

  /// When somebody may next try to take it.
  Instant dueAt() const { return std::max(nextRunAt, leasedUntil); }
};

/// A job nobody has heard of is due at once.
void addMissing(WriteTx& tx, const std::vector<std::string>& names);
std::vector<JobRow> allJobs(ReadTx& tx);

/// Takes a due job until `lease`, and puts its next run at `next`; false when it is not due or
/// another process was first.
bool claim(WriteTx& tx, std::string_view name, Instant next, Instant lease);
/// Takes a job that is not running, due or not.
bool claimNow(WriteTx& tx, std::string_view name, Instant next, Instant lease);
/// Gives it back, unless the lease ran out and another process has it by now.
void finish(WriteTx& tx, std::string_view name, Instant lease, std::string_view error);

}  // namespace toimela::jobs
