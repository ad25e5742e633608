#include "doctor/store.h"

#include <array>

namespace toimela::doctor {

namespace {

constexpr Sql kWaiting{"doctor.outbox.waiting",
                       "SELECT CAST(COUNT(*) AS BIGINT), MIN(created_at) FROM core_outbox "
                       "WHERE sent_at IS NULL AND failed_at IS NULL"};
constexpr Sql kFailed{"doctor.outbox.failed",
                      "SELECT CAST(COUNT(*) AS BIGINT) FROM core_outbox WHERE failed_at >= :since"};
constexpr Sql kLastAudit{"doctor.audit.last", "SELECT MAX(at) FROM core_audit"};
constexpr Sql kTime{"doctor.time", "SELECT 0",
                    "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"};
constexpr Sql kDurability{
    "doctor.durability",
    "SELECT 'journal_mode', CAST(journal_mode AS TEXT) FROM pragma_journal_mode "
    "UNION ALL SELECT 'synchronous', CAST(synchronous AS TEXT) FROM pragma_synchronous",
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') "
    "ORDER BY name"};
constexpr Sql kDamage{"doctor.damage", "SELECT CAST(quick_check AS TEXT) FROM pragma_quick_check(1)"};

}  // namespace

OutboxState outboxState(ReadTx& tx, Instant since) {
  OutboxState state;
  tx.each(kWaiting, [&](std::int64_t waiting, std::optional<Instant> oldest) {
    state.waiting = waiting;
    state.oldest = oldest;
  });
  state.failed = tx.value<std::int64_t>(kFailed, since);
  return state;
}

std::optional<Instant> lastAudit(ReadTx& tx) { return tx.value<std::optional<Instant>>(kLastAudit); }

Instant databaseTime(ReadTx& tx) { return tx.value<Instant>(kTime); }

std::vector<std::pair<std::string, std::string>> durability(data::Connection& connection) {
  std::vector<std::pair<std::string, std::string>> found;
  const std::array<ColumnType, 2> types{ColumnType::text, ColumnType::text};
  connection.query(kDurability, {}, types, [&](std::span<Value> row) {
    found.emplace_back(std::get<std::string>(row[0]), std::get<std::string>(row[1]));
  });
  return found;
}

std::optional<std::string> damage(data::Connection& connection) {
  std::optional<std::string> found;
  const std::array<ColumnType, 1> types{ColumnType::text};
  connection.query(kDamage, {}, types, [&](std::span<Value> row) {
    if (const auto& text = std::get<std::string>(row[0]); text != "ok") found = text;
  });
  return found;
}

}  // namespace toimela::doctor
