// For tests in which one transaction must come while another is under way.
#pragma once

#include <chrono>
#include <future>
#include <thread>

#include "toimela/data.h"
#include "toimela/host.h"
#include "toimela/testing.h"

namespace toimela::testing {

/// Returns when a transaction of this database waits for the lock of another, or when `isOver` says
/// that nothing will wait any more. On SQLite at once: there one write begins when another has ended.
template <class Condition>
void untilSomebodyWaits(const FreshDatabase& fresh, Host& host, Condition isOver) {
  if (fresh.name != "postgresql") return;
  constexpr Sql kWaiting{"test.lock.waiting",
                         "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_stat_activity "
                         "WHERE datname = current_database() AND wait_event_type = 'Lock'"};
  // A thread of its own: whoever holds a connection may not ask for a second one.
  const auto waiting = [&] {
    const auto ask = [&] { return host.read([&](ReadTx& tx) { return tx.value<std::int64_t>(kWaiting); }); };
    return std::async(std::launch::async, ask).get();
  };
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!isOver() && waiting() == 0 && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

}  // namespace toimela::testing
