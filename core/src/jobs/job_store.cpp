#include "jobs/job_store.h"

#include "toimela/bookkeeping.h"

namespace toimela::jobs {

namespace {

constexpr Sql kAdd{"core.job.add",
                   "INSERT INTO core_job (name, next_run_at, leased_until, last_error) "
                   "VALUES (:name, 0, 0, '') ON CONFLICT (name) DO NOTHING"};
constexpr Sql kAll{"core.job.all",
                   "SELECT name, next_run_at, leased_until, last_run_at, last_error FROM core_job ORDER BY name"};
constexpr Sql kClaim{"core.job.claim",
                     "UPDATE core_job SET next_run_at = :next, leased_until = :lease, "
                     "last_run_at = :now WHERE name = :name AND next_run_at <= :now "
                     "AND leased_until <= :now"};
constexpr Sql kClaimNow{"core.job.claim_now",
                        "UPDATE core_job SET next_run_at = :next, leased_until = :lease, "
                        "last_run_at = :now WHERE name = :name AND leased_until <= :now"};
constexpr Sql kFinish{"core.job.finish",
                      "UPDATE core_job SET leased_until = 0, last_error = :error "
                      "WHERE name = :name AND leased_until = :lease"};

constexpr std::string_view kWhyUnaudited = "who runs a job, and when";

}  // namespace

void addMissing(WriteTx& tx, const std::vector<std::string>& names) {
  for (const std::string& name : names) tx.run(kAdd, name);
  bookkeeping(tx, kWhyUnaudited);
}

std::vector<JobRow> allJobs(ReadTx& tx) {
  return tx.all(kAll, [](std::string name, Instant next, Instant lease,
                         std::optional<Instant> last, std::string error) {
    return JobRow{std::move(name), next, lease, last, std::move(error)};
  });
}

bool claim(WriteTx& tx, std::string_view name, Instant next, Instant lease) {
  bookkeeping(tx, kWhyUnaudited);
  return tx.run(kClaim, next, lease, tx.time(), name) == 1;
}

bool claimNow(WriteTx& tx, std::string_view name, Instant next, Instant lease) {
  bookkeeping(tx, kWhyUnaudited);
  return tx.run(kClaimNow, next, lease, tx.time(), name) == 1;
}

void finish(WriteTx& tx, std::string_view name, Instant lease, std::string_view error) {
  bookkeeping(tx, kWhyUnaudited);
  tx.run(kFinish, error, name, lease);
}

}  // namespace toimela::jobs
